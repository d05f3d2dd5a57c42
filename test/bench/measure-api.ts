import { parseAllDocuments } from 'yaml';
import { decode } from '../../server/src/core/api/index.ts';
import {
  applyManifest,
  createApiServer,
  isJsonObject,
  type Json,
  type JsonObject,
  storedBy,
} from '../../server/src/core/index.ts';
import { generateFile } from '../support/generate-manifests.ts';
import { percentile, timed } from './statistics.ts';
import type { Measurement } from './table.ts';

const KINDS = ['Service', 'Ingress', 'NetworkPolicy', 'Deployment', 'Pod'];

/** What the simulated API server takes for one object, beside copying the object as JSON. */
export function measureApi(rounds: number): readonly Measurement[] {
  const objects = manifests();
  const ofKind = (kind: string) => objects.filter((object) => object['kind'] === kind);
  return [
    ...KINDS.map((kind) => measurement(`API answer, ${kind}`, ofKind(kind), rounds, create)),
    measurement('API decoding, Deployment', ofKind('Deployment'), rounds, (object) =>
      decode('apps/v1', 'Deployment', object),
    ),
    ...['Service', 'Deployment'].map((kind) => {
      const update = updates(ofKind(kind));
      return measurement(`API update, ${kind}`, ofKind(kind), rounds, update);
    }),
  ];
}

function measurement(
  name: string,
  objects: readonly JsonObject[],
  rounds: number,
  work: (object: JsonObject, index: number) => unknown,
): Measurement {
  const value = median(objects, rounds, work);
  const copying = median(objects, rounds, (object) => JSON.parse(JSON.stringify(object)));
  return { name: `${name}, p50`, value, unit: 'µs', note: `${(value / copying).toFixed(1)} times a copy as JSON` };
}

/** Microseconds for one object; the first rounds run on code that is not compiled yet. */
function median(
  objects: readonly JsonObject[],
  rounds: number,
  work: (object: JsonObject, index: number) => unknown,
): number {
  const times: number[] = [];
  for (let round = -rounds; round < rounds; round++) {
    for (const [index, object] of objects.entries()) {
      const time = timed(() => void work(object, index));
      if (round >= 0) times.push(time * 1000);
    }
  }
  return percentile(times, 0.5);
}

const server = createApiServer({ serviceCIDRs: ['10.96.0.0/12', 'fd00:10:96::/108'] });

function create(object: JsonObject): unknown {
  return server.create(object, { namespace: namespaceOf(object), mode: 'dry-run' });
}

/** Applies each object with one label changed to what the server has stored of it. */
function updates(objects: readonly JsonObject[]): (object: JsonObject, index: number) => unknown {
  const stored = objects.map((manifest) => {
    const created = applyManifest(server, { manifest, namespace: 'default', mode: 'dry-run' });
    return created && storedBy(created);
  });
  return (object, index) => {
    const before = stored[index];
    if (before === undefined) throw new Error('the server refuses a generated object');
    const metadata = { ...asObject(object['metadata']), labels: { changed: 'yes' } };
    const manifest = { ...object, metadata };
    return applyManifest(server, { manifest, stored: before, namespace: 'default', mode: 'dry-run' });
  };
}

/** Generated manifests, and a Pod for each Deployment. */
function manifests(): readonly JsonObject[] {
  const objects = parseAllDocuments(generateFile(400)).map((document) => document.toJS() as JsonObject);
  const pods = objects.filter(({ kind }) => kind === 'Deployment').map(podOf);
  return [...objects, ...pods];
}

function podOf({ metadata, spec }: JsonObject): JsonObject {
  const template = asObject(asObject(spec)['template']);
  return { apiVersion: 'v1', kind: 'Pod', metadata: metadata ?? {}, spec: template['spec'] ?? {} };
}

function namespaceOf({ metadata }: JsonObject): string {
  return String(asObject(metadata)['namespace'] ?? 'default');
}

function asObject(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
