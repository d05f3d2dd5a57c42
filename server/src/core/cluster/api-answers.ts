import { type ApiAnswer, type ApiObject, type ApiServerSettings, createApiServer, decode } from '../api/index.ts';
import { type IngressClassResource, namespaceOf, type Resource } from '../manifest/index.ts';
import { dataOf, findNode, type Json } from '../yaml/index.ts';
import type { Cluster } from './cluster.ts';
import type { ClusterSettings } from './settings.ts';

/**
 * Answers of the API server that were asked for before. They depend on the object and the settings alone, so they are good in every
 * later snapshot that still holds the object; with it they go.
 */
export class ApiAnswers {
  private readonly bySettings = new WeakMap<ClusterSettings, WeakMap<Resource, ApiAnswer | 'unknown'>>();

  of(settings: ClusterSettings, resource: Resource, ask: () => ApiAnswer | undefined): ApiAnswer | undefined {
    const answers = this.bySettings.get(settings) ?? new WeakMap<Resource, ApiAnswer | 'unknown'>();
    this.bySettings.set(settings, answers);
    const answer = answers.get(resource) ?? ask() ?? 'unknown';
    answers.set(resource, answer);
    return answer === 'unknown' ? undefined : answer;
  }
}

/**
 * What the API server of the cluster would say to the object if it held nothing else: taken addresses and ports are another question
 * (`claimsOf`). Undefined for kinds that are not simulated.
 */
export function apiAnswerTo(cluster: Cluster, resource: Resource): ApiAnswer | undefined {
  // Which class an Ingress gets depends on other objects.
  if (resource.type === 'Ingress') return ask(cluster, resource);
  return cluster.answers.of(cluster.settings, resource, () => ask(cluster, resource));
}

/** The answer to another manifest of the object, which is not remembered. */
export function ask(cluster: Cluster, resource: Resource, manifest = manifestOf(resource)): ApiAnswer | undefined {
  const ingressClasses = resource.type === 'Ingress' ? cluster.derived(classObjects) : [];
  const server = createApiServer({ ...poolSettings(cluster.settings), ingressClasses });
  return server.create(manifest, { namespace: namespaceOf(resource), mode: 'create' });
}

/** What is known of the cluster's API server. */
export function serverSettingsOf(cluster: Cluster): ApiServerSettings {
  return { ...poolSettings(cluster.settings), ingressClasses: cluster.derived(classObjects) };
}

function poolSettings({ serviceCIDRs, nodePortRange, kubernetesVersion }: ClusterSettings): ApiServerSettings {
  return { serviceCIDRs, nodePorts: nodePortRange, version: kubernetesVersion };
}

/** The object as kubectl sends it. */
export function manifestOf(resource: Resource): Json {
  return dataOf(findNode(resource.document.root, resource.path));
}

function classObjects(cluster: Cluster): readonly ApiObject[] {
  return cluster.ingressClasses.flatMap((resource: IngressClassResource) => {
    const decoded = decode('networking.k8s.io/v1', 'IngressClass', manifestOf(resource));
    return decoded.type === 'object' ? [decoded.object] : [];
  });
}
