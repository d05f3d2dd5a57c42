import { compareObjects, compareSequences } from './apiserver.ts';
import type { Case } from './cases.ts';
import { compareControlPlane } from './control-plane.ts';
import { compareRequests, compareRouters } from './ingress.ts';
import { readLines } from './lines.ts';
import { compareNetpol } from './netpol.ts';
import { compareBands, compareSelectors, compareTexts } from './nodes.ts';
import { compareProxy } from './proxy.ts';
import { type CaseResult, unsupported } from './result.ts';
import { compareSlices } from './slices.ts';
import { compareTransitions } from './transitions.ts';
import { compareYaml } from './yaml.ts';

/** Compares one case. */
export type Adapter = (each: Case) => CaseResult;

const ADAPTERS: ReadonlyMap<string, Adapter> = new Map<string, Adapter>([
  ['connlist', compareNetpol],
  ['probes', compareNetpol],
  ['ingress-requests', compareRequests],
  ['traefik-routers', compareRouters],
  ['apiserver/singles-dual.jsonl', compareObjects],
  ['apiserver/singles-single.jsonl', compareObjects],
  ['apiserver/combinations-dual.jsonl', compareObjects],
  ['apiserver/decode.jsonl', compareObjects],
  ['apiserver/sequences-dual.jsonl', compareSequences],
  ['apiserver/transitions.jsonl', compareTransitions],
  ['nodes/proxy-endpoints.jsonl', compareProxy],
  ['nodes/ip-parsing.jsonl', compareTexts],
  ['nodes/allocation-bands.jsonl', compareBands],
  ['nodes/label-selectors.jsonl', compareSelectors],
  ['controlplane', compareControlPlane],
  ['controlplane/slices.jsonl', compareSlices],
  ['controlplane/topology.jsonl', compareSlices],
  ['yaml/files.jsonl', compareYaml],
]);

/** Why cases of a known kind are not compared. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['dns-queries', 'DNS queries'],
  ['manifests', 'what analysers and the API server say of invalid policies'],
]);

/** The result of a case; a kind that nothing here understands counts as not supported, never as nothing. */
export function compare(each: Case): CaseResult {
  const adapter = ADAPTERS.get(each.format);
  if (adapter !== undefined) return adapter(each);
  const count = /\.jsonl(\.gz)?$/.test(each.path) ? readLines(each.path).length : 1;
  return unsupported(count, REASONS.get(each.format) ?? `cases of the kind ${each.format}`);
}
