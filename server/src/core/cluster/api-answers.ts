import { type ApiAnswer, type ApiObject, type ApiServerSettings, createApiServer, decode } from '../api/index.ts';
import { DEFAULT_CLASS_ANNOTATION, namespaceOf, type Resource } from '../manifest/index.ts';
import { dataOf, findNode, type Json } from '../yaml/index.ts';
import type { RefusedUpdate } from './api-updates.ts';
import type { Cluster } from './cluster.ts';
import type { ClusterSettings } from './settings.ts';

/**
 * Answers of the API server that were asked for before. They depend on the object, the settings and the default IngressClass alone, so
 * they are good in every later snapshot that still holds the object; with it they go. Those to updates depend on the committed object
 * too.
 */
export class ApiAnswers {
  private readonly created = new WeakMap<ClusterSettings, Known<ApiAnswer>>();
  private readonly updated = new WeakMap<ClusterSettings, WeakMap<Resource, Known<RefusedUpdate>>>();

  of(cluster: Cluster, resource: Resource): ApiAnswer | undefined {
    const known = entryOf(this.created, cluster.settings, newKnown<ApiAnswer>);
    return remembered(known, cluster, resource, () => ask(cluster, resource));
  }

  /** What `find` says of the update that makes the resource of the stored one. */
  update(
    cluster: Cluster,
    stored: Resource,
    resource: Resource,
    find: () => RefusedUpdate | undefined,
  ): RefusedUpdate | undefined {
    const byStored = entryOf(this.updated, cluster.settings, () => new WeakMap<Resource, Known<RefusedUpdate>>());
    return remembered(entryOf(byStored, stored, newKnown<RefusedUpdate>), cluster, resource, find);
  }
}

/** Answers by the resource that they are about, with the default IngressClasses that it was given if it is an Ingress. */
type Known<T> = WeakMap<Resource, { readonly classes: string; readonly answer: T | undefined }>;

function newKnown<T>(): Known<T> {
  return new WeakMap();
}

function remembered<T>(
  known: Known<T>,
  cluster: Cluster,
  resource: Resource,
  find: () => T | undefined,
): T | undefined {
  const classes = resource.type === 'Ingress' ? cluster.derived(defaultClasses) : '';
  const found = known.get(resource);
  if (found?.classes === classes) return found.answer;
  const answer = find();
  known.set(resource, { classes, answer });
  return answer;
}

function entryOf<K extends WeakKey, V>(map: WeakMap<K, V>, key: K, make: () => V): V {
  const entry = map.get(key) ?? make();
  map.set(key, entry);
  return entry;
}

function defaultClasses({ ingressClasses, settings }: Cluster): string {
  const marked = ingressClasses.filter(({ spec }) => spec.isDefault).map(({ name }) => name);
  return JSON.stringify([marked, settings.defaultIngressClass]);
}

/**
 * What the API server of the cluster would say to the object if it held nothing else: taken addresses and ports are another question
 * (`claimsOfService`). Undefined for kinds that are not simulated.
 */
export function apiAnswerTo(cluster: Cluster, resource: Resource): ApiAnswer | undefined {
  return cluster.answers.of(cluster, resource);
}

/** The answer to another manifest of the object, which is not remembered. */
export function ask(cluster: Cluster, resource: Resource, manifest = manifestOf(resource)): ApiAnswer | undefined {
  const ingressClasses = resource.type === 'Ingress' ? cluster.derived(classObjects) : [];
  return answerOf({ ...serverSettings(cluster.settings), ingressClasses }, resource, manifest);
}

/** The answer of a cluster that has every address and port wherever the settings do not say which ones this has. */
export function askElsewhere(cluster: Cluster, resource: Resource): ApiAnswer | undefined {
  const { settings } = cluster;
  const { given, serviceCIDRs, nodePortRange } = settings;
  const all = serviceCIDRs[0]?.includes(':') ? ['::/0', '0.0.0.0/0'] : ['0.0.0.0/0', '::/0'];
  const wide = {
    ...settings,
    serviceCIDRs: given.has('serviceCIDRs') ? serviceCIDRs : all,
    nodePortRange: given.has('nodePortRange') ? nodePortRange : { first: 1, last: 65535 },
  };
  return answerOf(serverSettings(wide), resource, manifestOf(resource));
}

function answerOf(settings: ApiServerSettings, resource: Resource, manifest: Json): ApiAnswer | undefined {
  return createApiServer(settings).create(manifest, { namespace: namespaceOf(resource), mode: 'create' });
}

/** What is known of the cluster's API server. */
export function serverSettingsOf(cluster: Cluster): ApiServerSettings {
  return { ...serverSettings(cluster.settings), ingressClasses: cluster.derived(classObjects) };
}

/** The server's flags, as far as the settings of a cluster say them. */
export function serverSettings({ serviceCIDRs, nodePortRange, kubernetesVersion }: ClusterSettings): ApiServerSettings {
  return { serviceCIDRs, nodePorts: nodePortRange, version: kubernetesVersion };
}

/** The object as kubectl sends it. */
export function manifestOf(resource: Resource): Json {
  return dataOf(findNode(resource.document.root, resource.path));
}

/** The IngressClasses in view, and the one that the settings name as the default. */
function classObjects({ ingressClasses, settings }: Cluster): readonly ApiObject[] {
  const manifests = ingressClasses.map(manifestOf);
  const name = settings.defaultIngressClass;
  const isKnown = name === undefined || ingressClasses.some((each) => each.name === name || each.spec.isDefault);
  const assumed = isKnown ? [] : [{ metadata: { name, annotations: { [DEFAULT_CLASS_ANNOTATION]: 'true' } } }];
  return [...manifests, ...assumed].flatMap((manifest) => {
    const decoded = decode('networking.k8s.io/v1', 'IngressClass', manifest);
    return decoded.type === 'object' ? [decoded.object] : [];
  });
}
