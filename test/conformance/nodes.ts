import {
  addressErrors,
  addressWarnings,
  bandsOfCidr,
  bandsOfPorts,
  canonicalAddressErrors,
  canonicalCidrErrors,
  cidrErrors,
  cidrWarnings,
  type LabelSelectorObject,
  labelSelectorErrors,
  matchesSelector,
  Path,
  parseAddress,
  workloadsOfService,
} from '../../server/src/core/index.ts';
import type { Case } from './cases.ts';
import { differencesIn, type Parts, tally } from './differences.ts';
import { filesOf, readLines } from './lines.ts';
import { clusterOf } from './netpol.ts';
import type { CaseResult } from './result.ts';

/** Compares recorded lines with what we answer to each, part by part. */
function compareLines<Answer>({ path }: Case, parts: Parts<Answer>, answerTo: (line: Answer) => Answer): CaseResult {
  const lines = readLines<Answer & { readonly id: string }>(path);
  return tally(
    parts,
    lines.map((line) => [line.id, differencesIn<Answer>(parts, line, answerTo(line))] as const),
  );
}

/** A text in a field for addresses, or for CIDRs. */
interface RecordedText {
  readonly kind: 'IP' | 'CIDR';
  readonly text: string;
  readonly strictErrors: readonly string[];
  readonly legacyErrors: readonly string[];
  readonly warnings: readonly string[];
}

const TEXT_PARTS: Parts<RecordedText> = {
  strict: ({ strictErrors }) => strictErrors,
  legacy: ({ legacyErrors }) => legacyErrors,
  warnings: ({ warnings }) => warnings,
};

const CHECKS = {
  IP: { strict: canonicalAddressErrors, legacy: addressErrors, warnings: addressWarnings },
  CIDR: { strict: canonicalCidrErrors, legacy: cidrErrors, warnings: cidrWarnings },
};

/** What fields for addresses and CIDRs take: new ones, and those that have always taken more. */
export function compareTexts(each: Case): CaseResult {
  const path = Path.root.child('spec', 'x');
  return compareLines(each, TEXT_PARTS, ({ kind, text }) => {
    const { strict, legacy, warnings } = CHECKS[kind];
    const details = (errors: ReturnType<typeof strict>) => errors.map(({ detail }) => detail);
    return {
      kind,
      text,
      strictErrors: details(strict(path, text)),
      legacyErrors: details(legacy(path, text, { strict: false })),
      warnings: warnings(path, text),
    };
  });
}

/** A service CIDR or a range of node ports, and what is handed out last and first. */
interface RecordedBands {
  readonly range: string;
  readonly allocatable: number;
  readonly static: Band | null;
  readonly dynamic: Band | null;
}

type Band = NonNullable<ReturnType<typeof bandsOfCidr> | ReturnType<typeof bandsOfPorts>>['dynamic'];

const BAND_PARTS: Parts<RecordedBands> = {
  allocatable: ({ allocatable }) => allocatable,
  static: (bands) => bands.static,
  dynamic: ({ dynamic }) => dynamic,
};

export function compareBands(each: Case): CaseResult {
  return compareLines(each, BAND_PARTS, ({ range }) => {
    const [first = 0, last = 0] = range.split('-').map(Number);
    const bands = range.includes('/') ? bandsOfCidr(range) : bandsOfPorts({ first, last });
    const allocatable = [bands?.static, bands?.dynamic].reduce((sum, band) => sum + sizeOf(band), 0n);
    return {
      range,
      allocatable: Number(allocatable),
      static: bands?.static ?? null,
      dynamic: bands?.dynamic ?? null,
    };
  });
}

function sizeOf(band: Band | undefined): bigint {
  if (band === undefined) return 0n;
  const [first, last] = [band.first, band.last].map((end) =>
    typeof end === 'number' ? BigInt(end) : parseAddress(end)?.value,
  );
  return first === undefined || last === undefined ? 0n : last - first + 1n;
}

/** A selector and labels; `serviceSelector` takes the place of `selector` in a Service. */
interface RecordedMatch {
  readonly selector: LabelSelectorObject | null;
  readonly serviceSelector?: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly matches?: boolean;
  readonly error?: string;
}

type Question = Omit<RecordedMatch, 'matches' | 'error'>;

const MATCH_PARTS: Parts<RecordedMatch> = {
  matches: ({ matches }) => matches,
  // What the text says is the client library's; the API server refuses the same selectors in words of its own.
  error: ({ error }) => error !== undefined,
};

export function compareSelectors(each: Case): CaseResult {
  return compareLines(each, MATCH_PARTS, ({ matches: _, error: __, ...question }) => ({
    ...question,
    ...answerToMatch(question),
  }));
}

function answerToMatch({ selector, serviceSelector, labels }: Question): Pick<RecordedMatch, 'matches' | 'error'> {
  if (serviceSelector !== undefined) return { matches: selectsPod(serviceSelector, labels) };
  if (selector === null) return { matches: false };
  const [error] = labelSelectorErrors(selector, Path.root);
  if (error !== undefined) return { error: error.message };
  return { matches: matchesSelector(decoded(selector), new Map(Object.entries(labels))) };
}

function decoded({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelectorObject): Parameters<typeof matchesSelector>[0] {
  return {
    path: [],
    matchLabels: new Map(Object.entries(matchLabels)),
    matchExpressions: matchExpressions.map(({ key = '', operator = '', values = [] }) => ({
      path: [],
      key,
      operator,
      values,
    })),
  };
}

function selectsPod(selector: Readonly<Record<string, string>>, labels: Readonly<Record<string, string>>): boolean {
  const common = { apiVersion: 'v1', metadata: { name: 'x', namespace: 'x', labels } };
  const cluster = clusterOf(
    filesOf([
      { ...common, kind: 'Service', spec: { selector } },
      { ...common, kind: 'Pod' },
    ]),
  );
  const service = cluster.namespace('x').findService('x');
  return service !== undefined && workloadsOfService(cluster, service).length > 0;
}
