import type { JsonObject } from '../json.ts';
import type { ApiObject } from '../kind-rules.ts';
import type { ApiServer, CreateRequest } from '../server.ts';
import { type Applied, applyManifest } from './apply.ts';
import { nameObject } from './client.ts';

/** Several manifests applied one after another to one server, which keeps what they make. */
export class ApplySession {
  private readonly stored = new Map<string, ApiObject>();

  constructor(private readonly server: ApiServer) {}

  /**
   * A dry run leaves everything as it was. `namespace` is that of the command, for a manifest that names none. Undefined for a kind
   * whose rules are not known here.
   */
  apply(manifest: JsonObject, namespace: string, mode: CreateRequest['mode'] = 'create'): Applied | undefined {
    const key = keyOf(manifest, namespace);
    const stored = this.stored.get(key);
    const request = { manifest, namespace, mode };
    const applied = applyManifest(this.server, stored === undefined ? request : { ...request, stored });
    const next = applied === undefined ? undefined : storedBy(applied);
    if (next !== undefined && mode === 'create') this.stored.set(key, next);
    return applied;
  }
}

function keyOf(manifest: JsonObject, namespace: string): string {
  const { apiVersion, kind, name, namespace: own } = nameObject(manifest, namespace);
  return JSON.stringify([apiVersion, kind, own, name]);
}

/** The object that is there afterwards, if the server took it. */
export function storedBy({ answer }: Applied): ApiObject | undefined {
  if (answer.type === 'create') return answer.answer.status === 201 ? answer.answer.stored : undefined;
  if (answer.type === 'client') return undefined;
  return answer.answer.type === 'configured' || answer.answer.type === 'unchanged' ? answer.answer.stored : undefined;
}
