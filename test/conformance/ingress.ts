import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  allIngresses,
  backendsOf,
  type Cluster,
  type IngressBackend,
  type IngressResource,
  parseRequestUrl,
  type ResolvedBackend,
  type RoutingResult,
  resolveBackend,
  routeRequest,
} from '../../server/src/core/index.ts';
import type { Case } from './cases.ts';
import { type CaseFile, clusterOf, readManifests } from './netpol.ts';
import { addResults, type CaseResult, unsupported } from './result.ts';

const NOTHING: CaseResult = { agreed: 0, disagreed: [], unsupported: [] };
const AGREED: CaseResult = { ...NOTHING, agreed: 1 };

/** A request and what came of it. Only what `expect` names is compared. */
interface RecordedRequest {
  readonly method: string;
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
  readonly expect: Readonly<Record<string, unknown>>;
}

/** Compares where requests go with recorded answers of ingress-nginx. */
export function compareRequests({ path }: Case): CaseResult {
  const requests = JSON.parse(readFileSync(join(path, 'requests.json'), 'utf8')) as readonly RecordedRequest[];
  return compareRouting(readManifests(join(path, 'manifests')), requests);
}

export function compareRouting(files: readonly CaseFile[], requests: readonly RecordedRequest[]): CaseResult {
  const cluster = clusterOf([...files, NGINX_CLASS]);
  const ingresses = allIngresses(cluster);
  const reason = findOwnWay(ingresses);
  if (reason !== undefined) return unsupported(requests.length, reason);
  return requests.map((request) => compareRequest(cluster, ingresses, request)).reduce(addResults, NOTHING);
}

/** The answers are those of ingress-nginx, whose class the manifests take for granted. */
const NGINX_CLASS: CaseFile = {
  uri: 'ingress-class.yaml',
  text: 'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: nginx }\nspec: { controller: k8s.io/ingress-nginx }\n',
};

const NGINX_PREFIX = 'nginx.ingress.kubernetes.io/';

/** Annotations of ingress-nginx that are followed, or that change neither the route nor the request. */
const KNOWN = new Set([
  'use-regex',
  'rewrite-target',
  'enable-rewrite-log',
  'enable-access-log',
  'proxy-body-size',
  'proxy-read-timeout',
]);

/** What makes ingress-nginx answer in a way of its own, which is not followed. */
function findOwnWay(ingresses: readonly IngressResource[]): string | undefined {
  const names = ingresses.flatMap(({ annotations }) => [...annotations.keys()]);
  const own = names.filter((name) => name.startsWith(NGINX_PREFIX)).map((name) => name.slice(NGINX_PREFIX.length));
  const [first] = own.filter((name) => !KNOWN.has(name));
  return first && `ingress-nginx's annotation ${first}`;
}

function compareRequest(cluster: Cluster, ingresses: readonly IngressResource[], request: RecordedRequest): CaseResult {
  const { method, scheme, host, path, expect } = request;
  const url = `${scheme}://${host}${path}`;
  const got = answerOf(routeRequest(cluster, ingresses, parseRequestUrl(url)));
  const wrong = Object.keys(expect).filter((key) => key !== 'why' && got[key] !== expect[key]);
  if (wrong.length === 0) return AGREED;
  const differences = wrong.map((key) => `${key} ${JSON.stringify(expect[key])} (got ${JSON.stringify(got[key])})`);
  return { ...NOTHING, disagreed: [`${method} ${url} : ${differences.join(', ')}`] };
}

function answerOf({ url, winner, fallback, target, rewritten }: RoutingResult): Readonly<Record<string, unknown>> {
  const ingress = winner?.ingress ?? fallback?.ingress;
  if (ingress === undefined) return { status: 404 };
  if (target?.service === undefined) return { status: 503, ingress: ingress.name };
  return { status: 200, ingress: ingress.name, service: target.service.name, upstreamPath: rewritten ?? url.path };
}

/** What Traefik made of a backend. */
interface Router {
  readonly rule: string;
  readonly service: string;
  readonly k8s: { readonly namespace: string; readonly service: string; readonly port: string | null };
}

interface RecordedRouters {
  readonly routers: readonly Router[];
  readonly services: Readonly<Record<string, readonly string[]>>;
}

/** Compares where backends end, down to the addresses of EndpointSlices, with what Traefik made of them. */
export function compareRouters({ path }: Case): CaseResult {
  const meta = JSON.parse(readFileSync(join(path, 'meta.json'), 'utf8')) as { options?: Record<string, string> };
  const recorded = JSON.parse(readFileSync(join(path, 'expected.json'), 'utf8')) as RecordedRouters;
  return compareBackends(readManifests(join(path, 'manifests')), recorded, meta.options ?? {});
}

export function compareBackends(
  files: readonly CaseFile[],
  { routers, services }: RecordedRouters,
  options: Readonly<Record<string, string>>,
): CaseResult {
  const cluster = clusterOf(files);
  const count = Math.max(routers.length, 1);
  const reason = findOwnServices(cluster);
  if (reason !== undefined) return unsupported(count, reason);
  if (routers.length === 0) return compareNoRouter(cluster, options);
  return routers.map((router) => compareRouter(cluster, router, services[router.service])).reduce(addResults, NOTHING);
}

/** Annotations of Ingresses and Services that send requests to something else than the endpoints of a backend's Service. */
const OTHER_SERVICES =
  /^(nginx\.ingress\.kubernetes\.io\/(canary|service-upstream|backend-protocol|default-backend|custom-http-errors|custom-headers|ssl-passthrough)|traefik\.ingress\.kubernetes\.io\/service\.(serversscheme|nativelb|nodeportlb))$/;

function findOwnServices(cluster: Cluster): string | undefined {
  const resources = cluster.namespaces.flatMap((view) => [...view.ingresses, ...view.services]);
  const found = resources
    .flatMap(({ annotations }) => [...annotations.keys()])
    .find((name) => OTHER_SERVICES.test(name));
  return found && `Traefik's reading of ${found}`;
}

/** Traefik makes no router where a backend leads nowhere; what else it leaves out is a matter of its settings. */
function compareNoRouter(cluster: Cluster, options: Readonly<Record<string, string>>): CaseResult {
  const leads = allIngresses(cluster)
    .flatMap((ingress) => backendsOf(ingress).map((backend) => resolveBackend(cluster, ingress, backend)))
    .some((resolved) => addressesOf(resolved).length > 0);
  const set = Object.keys(options).join(', ') || 'which classes it serves';
  return leads ? unsupported(1, `Ingresses that Traefik leaves out: ${set}`) : AGREED;
}

function compareRouter(cluster: Cluster, router: Router, expected: readonly string[] | undefined): CaseResult {
  const { namespace, service, port } = router.k8s;
  const found = findBackend(cluster, router);
  if (found === undefined || expected === undefined) {
    return unsupported(1, "backends of Traefik's own settings, which no Ingress names");
  }
  if (found.service?.spec.type === 'ExternalName') return unsupported(1, "Traefik's reading of ExternalName");
  const [want, got] = [[...expected].sort().join(' '), addressesOf(found).join(' ')];
  if (want === got) return AGREED;
  const clusterIP = found.service?.spec.clusterIP;
  if (clusterIP !== undefined && expected.some((url) => url.includes(`//${clusterIP}:`))) {
    return unsupported(1, "Traefik's native load balancing, which leaves the endpoints to kube-proxy");
  }
  return {
    ...NOTHING,
    disagreed: [`${namespace}/${service}:${port} : expected ${want || 'none'} (got ${got || 'none'})`],
  };
}

function findBackend(cluster: Cluster, { k8s }: Router): ResolvedBackend | undefined {
  for (const ingress of cluster.namespace(k8s.namespace).ingresses) {
    const backend = backendsOf(ingress).find((each) => each.serviceName === k8s.service && portOf(each) === k8s.port);
    if (backend !== undefined) return resolveBackend(cluster, ingress, backend);
  }
  return undefined;
}

function portOf({ portName, portNumber }: IngressBackend): string {
  return String(portName ?? portNumber ?? '');
}

/** `http://10.0.0.1:8080`, sorted. Traefik sends to what is serving, and with TLS where the port says so. */
function addressesOf({ port, written }: ResolvedBackend): readonly string[] {
  const scheme = port?.port === 443 || port?.name.startsWith('https') ? 'https' : 'http';
  const hostOf = (address: string) => (address.includes(':') ? `[${address}]` : address);
  const serving = written.filter((each) => each.serving);
  return [...new Set(serving.map(({ address, port }) => `${scheme}://${hostOf(address)}:${port}`))].sort();
}
