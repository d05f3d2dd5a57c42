import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeLenses, diagnose, hover, renderMarkup, Snapshot } from '../server/src/core/index.ts';

const ROOT = 'shop';

const service = (name: string, app: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec:\n  selector: { app: ${app} }\n  ports: [{ port: 80 }]\n`;
const pod = (name: string, app: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, labels: { app: ${app} } }\nspec:\n  containers: [{ name: web, ports: [{ containerPort: 80 }] }]\n`;
const policy = (app: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${app} }\nspec:\n  podSelector: { matchLabels: { app: ${app} } }\n  policyTypes: [Ingress]\n`;
const ingress = (backend: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web }\nspec:\n  defaultBackend: { service: { name: ${backend}, port: { number: 80 } } }\n`;

const app = fc.constantFrom('cart', 'carts', 'web');
const object = fc.oneof(
  fc.tuple(app, app).map(([name, label]) => service(name, label)),
  fc.tuple(app, app).map(([name, label]) => pod(name, label)),
  app.map(policy),
  app.map(ingress),
);
const halfTyped = fc.oneof(
  fc.tuple(object, fc.nat(200)).map(([text, end]) => text.slice(0, end)),
  object.map((text) => text.replace('metadata: {', 'metadata: {{')),
  object.map((text) => `\t${text}`),
  object.map((text) => text.replace(/^apiVersion: .*\n/, '')),
  fc.constantFrom('', '# only a comment\n', 'apiVersion: v1\nkind: ', '{{ .Values.x }}\n', 'a: b\n'),
);
const documents = fc
  .array(fc.oneof({ weight: 4, arbitrary: object }, { weight: 1, arbitrary: halfTyped }), { maxLength: 4 })
  .map((texts) => texts.join('---\n'));

const MANIFESTS = ['shop/a.yaml', 'shop/b.yaml', 'shop/base/a.yaml', 'shop/base/b.yaml', 'shop/chart/templates/a.yaml'];
const manifest = fc.record({ uri: fc.constantFrom(...MANIFESTS), text: documents });
const kustomization = fc.record({
  uri: fc.constantFrom('shop/kustomization.yaml', 'shop/base/kustomization.yaml'),
  text: fc.constantFrom(
    'resources: [a.yaml]\n',
    'resources: [a.yaml, b.yaml]\n',
    'resources:\n  - base\n  - a.yaml\n',
    'resources: [../a.yaml]\npatches:\n  - path: b.yaml\n',
    'resources: [a.yaml\n',
  ),
});
const settings = fc.record({
  uri: fc.constantFrom('shop/.kube-netlens.yaml', 'shop/base/.kube-netlens.yaml'),
  text: fc.constantFrom(
    'clusterDomain: example.org\n',
    'clusters:\n  - name: all\n',
    'clusters:\n  - name: base\n    include: [base]\n  - name: rest\n    include: ["*.yaml"]\n',
    'clusterDomian: example.org\n',
    'clusters: {\n',
  ),
});
const chart = fc.constant({ uri: 'shop/chart/Chart.yaml', text: 'name: chart\n' });
const write = fc.oneof(
  { weight: 6, arbitrary: manifest },
  { weight: 1, arbitrary: kustomization },
  { weight: 1, arbitrary: settings },
  { weight: 1, arbitrary: chart },
);

/** One thing that happens in a workspace. */
type Step =
  | { readonly kind: 'write'; readonly uri: string; readonly text: string }
  | { readonly kind: 'delete'; readonly file: number }
  | { readonly kind: 'rename'; readonly file: number; readonly to: string }
  | { readonly kind: 'copy'; readonly file: number; readonly to: string }
  | {
      readonly kind: 'type';
      readonly file: number;
      readonly at: number;
      readonly length: number;
      readonly text: string;
    };

const file = fc.nat(20);
const to = fc.constantFrom(...MANIFESTS);
const typed = fc.constantFrom('', 's', ' ', '\n', '---\n', ': ', '{', '#', '\r\n', '...\n', '\u{1F6D2}');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: write.map((change) => ({ kind: 'write' as const, ...change })) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), file }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rename' as const), file, to }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('copy' as const), file, to }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('type' as const), file, at: fc.nat(400), length: fc.nat(3), text: typed }),
  },
);

/** The step as changes of files; none if there is no file to change. */
function changesOf(snapshot: Snapshot, step: Step): { uri: string; text: string | undefined }[] {
  if (step.kind === 'write') return [{ uri: step.uri, text: step.text }];
  const files = [...snapshot.files.values()];
  const chosen = files[step.file % files.length];
  if (chosen === undefined) return [];
  const { uri, text } = chosen;
  switch (step.kind) {
    case 'delete':
      return [{ uri, text: undefined }];
    case 'copy':
      return [{ uri: step.to, text }];
    case 'rename':
      return uri === step.to
        ? []
        : [
            { uri, text: undefined },
            { uri: step.to, text },
          ];
    case 'type': {
      const at = step.at % (text.length + 1);
      return [{ uri, text: text.slice(0, at) + step.text + text.slice(at + step.length) }];
    }
  }
}

/** Everything that people can see of a snapshot, as plain data. */
function answersOf(snapshot: Snapshot) {
  const uris = [...snapshot.files.keys()].sort();
  return {
    sets: snapshot.sets,
    skipped: [...snapshot.skipped],
    files: uris.map((uri) => ({
      uri,
      findings: diagnose(snapshot, uri).map(({ uri, range, rule, severity, message, related, fixes }) => ({
        place: { uri, range },
        what: { rule, severity, message },
        related: related.map((each) => ({ uri: each.uri, range: each.range, message: each.message })),
        fixes: fixes.map((fix) => fix.title),
      })),
      lenses: codeLenses(snapshot, uri).map(({ range, title, action }) => ({ range, title, kind: action.kind })),
      hovers: hoversOf(snapshot, uri),
    })),
  };
}

/** The hovers at a few places of a file. */
function hoversOf(snapshot: Snapshot, uri: string): readonly unknown[] {
  const text = snapshot.files.get(uri)?.text ?? '';
  const offsets = [...text.matchAll(/kind: |app: |port: /g)].map((match) => match.index);
  return offsets.map((offset) => {
    const found = hover(snapshot, uri, offset);
    return (
      found && { range: found.range, text: renderMarkup(found.markup, { link: linkOf(snapshot), button: () => '' }) }
    );
  });
}

function linkOf(snapshot: Snapshot): Parameters<typeof renderMarkup>[1]['link'] {
  return ({ label, target }) => {
    const { uri, range } = snapshot.locate(target);
    return `[${label}](${uri}#${range.start})`;
  };
}

function freshFrom(snapshot: Snapshot): Snapshot {
  return Snapshot.empty([ROOT]).apply([...snapshot.files.values()].map(({ uri, text }) => ({ uri, text })));
}

const RUNS = { numRuns: 250, seed: 20260801 };

describe('a snapshot that was made by changes', () => {
  test('answers like one that was read from the same files', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        let snapshot = Snapshot.empty([ROOT]);
        for (const each of steps) {
          // Answers are asked for on the way too, so that whatever is kept of them is there to go stale.
          answersOf(snapshot);
          snapshot = snapshot.apply(changesOf(snapshot, each));
        }
        expect(answersOf(snapshot)).toEqual(answersOf(freshFrom(snapshot)));
      }),
      RUNS,
    );
  }, 60_000);

  test('shares every document whose text did not change', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), step, (steps, last) => {
        const before = steps.reduce(
          (snapshot, each) => snapshot.apply(changesOf(snapshot, each)),
          Snapshot.empty([ROOT]),
        );
        const changes = changesOf(before, last);
        const after = before.apply(changes);
        for (const [uri, file] of before.files) {
          const changed = changes.find((change) => change.uri === uri);
          if (changed === undefined || changed.text === file.text) expect(after.files.get(uri)).toBe(file);
          else if (changed.text !== undefined) expectShared(file, after.files.get(uri));
        }
      }),
      RUNS,
    );
  }, 60_000);

  function expectShared(
    before: Snapshot['files'] extends ReadonlyMap<string, infer F> ? F : never,
    after = before,
  ): void {
    const left = before.documents.map(({ document }) => document);
    for (const { document } of after.documents) {
      const same = left.findIndex((each) => each.text === document.text);
      if (same === -1) continue;
      expect(left).toContain(document);
      left.splice(left.indexOf(document), 1);
    }
  }

  test('does not change the one it was made from', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), step, (steps, last) => {
        const before = steps.reduce(
          (snapshot, each) => snapshot.apply(changesOf(snapshot, each)),
          Snapshot.empty([ROOT]),
        );
        const answers = answersOf(before);
        answersOf(before.apply(changesOf(before, last)));
        expect(answersOf(before)).toEqual(answers);
      }),
      { ...RUNS, numRuns: 100 },
    );
  }, 60_000);

  test('the order in which files come does not count', () => {
    const files = fc.uniqueArray(write, { selector: ({ uri }) => uri, minLength: 2, maxLength: 7 });
    fc.assert(
      fc.property(files, fc.infiniteStream(fc.nat(6)), (all, order) => {
        const shuffled = all.map((each) => ({ each, rank: order.next().value ?? 0 })).sort((a, b) => a.rank - b.rank);
        const one = Snapshot.empty([ROOT]).apply(all);
        const other = shuffled.reduce((snapshot, { each }) => snapshot.apply([each]), Snapshot.empty([ROOT]));
        expect(answersOf(other)).toEqual(answersOf(one));
      }),
      { ...RUNS, numRuns: 100 },
    );
  }, 60_000);
});
