import { readFileSync } from 'node:fs';
import type { Case } from './cases.ts';
import { compareControlPlane } from './control-plane.ts';
import { compareRequests, compareRouters } from './ingress.ts';
import { compareNetpol } from './netpol.ts';
import { compareProxy } from './proxy.ts';
import { type CaseResult, unsupported } from './result.ts';
import { compareSlices } from './slices.ts';

/** Compares one case. */
export type Adapter = (each: Case) => CaseResult;

const ADAPTERS: ReadonlyMap<string, Adapter> = new Map<string, Adapter>([
  ['connlist', compareNetpol],
  ['probes', compareNetpol],
  ['ingress-requests', compareRequests],
  ['traefik-routers', compareRouters],
  ['nodes/proxy-endpoints.jsonl', compareProxy],
  ['controlplane', compareControlPlane],
  ['controlplane/slices.jsonl', compareSlices],
  ['controlplane/topology.jsonl', compareSlices],
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
  const count = each.path.endsWith('.jsonl') ? readFileSync(each.path, 'utf8').trimEnd().split('\n').length : 1;
  return unsupported(count, REASONS.get(each.format) ?? `cases of the kind ${each.format}`);
}
