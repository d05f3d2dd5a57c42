import type { Cluster } from '../../../cluster/index.ts';
import { namespaceOf, type ServiceResource } from '../../../manifest/index.ts';
import type { Fix } from '../../rule.ts';
import {
  fieldsAt,
  fixOf,
  type Place,
  parentOf,
  placeBelow,
  placeOf,
  type Refusal,
  removeFix,
  replaceFix,
  textAt,
  writeEdit,
} from './fix.ts';

/** What can be done about paths, backends and the class of an Ingress. */
export function ingressFixes({ place, error, cluster }: Refusal): readonly Fix[] {
  if (place.resource.type === 'IngressClass') return classFixes(place, error.reason);
  if (place.resource.type !== 'Ingress') return [];
  if (place.at.at(-1) === 'path') return pathFixes(place);
  if (/[bB]ackend$/.test(String(place.at.at(-1)))) return backendFixes(place, error.reason, cluster);
  if (place.at.at(-1) === 'name' && place.at.at(-2) === 'port') return portNumberFixes(place, cluster);
  return place.at[1] === 'annotations' && place.node !== undefined ? removeAnnotation(place) : [];
}

function removeAnnotation(place: Place): readonly Fix[] {
  return fixOf(place, 'suggested', 'Remove the annotation', { op: 'remove', path: place.path });
}

/** A path that begins with a slash and has none twice. */
function pathFixes(place: Place): readonly Fix[] {
  if (place.node === undefined) return fixOf(place, 'suggested', 'Add path: /', writeEdit(place, '/'));
  const text = textAt(place);
  const path = `/${text ?? ''}`.replaceAll(/(\/\.)+(?=\/|$)/g, '').replaceAll(/\/{2,}/g, '/');
  const isLegal = !/\/\.\.(\/|$)|%2f/i.test(path);
  return text === undefined || path === text || !isLegal
    ? []
    : replaceFix(place, 'suggested', path === '' ? '/' : path);
}

/** A port by its number in the field for names, or by a name that Services may have for it and backends may not. */
function portNumberFixes(place: Place, cluster: Cluster): readonly Fix[] {
  const text = textAt(place) ?? '';
  const named = serviceOf(parentOf(place, 2), cluster)?.spec.ports.find(({ name }) => name === text);
  const number = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : named?.port;
  if (number === undefined) return [];
  return fixOf(
    place,
    named === undefined ? 'safe' : 'suggested',
    `Write number: ${number}`,
    { op: 'rename', path: place.path, key: 'number' },
    { op: 'replace', path: place.path, value: number },
  );
}

/** The Service that the `service` of a backend names. */
function serviceOf(place: Place, cluster: Cluster): ServiceResource | undefined {
  const { name } = fieldsAt(place);
  const namespace = namespaceOf(place.resource);
  return cluster.services.find((each) => each.name === name && namespaceOf(each) === namespace);
}

/** A backend with two ports gives up one; one without gets the port of its Service. */
function backendFixes(place: Place, reason: Refusal['error']['reason'], cluster: Cluster): readonly Fix[] {
  const port = placeBelow(place, 'service', 'port');
  const { name, number } = fieldsAt(port);
  if (reason === 'FieldValueRequired') return missingPortFixes(place, cluster);
  if (name !== undefined && number !== undefined) {
    return ['name', 'number'].flatMap((field) =>
      removeFix(placeBelow(port, field)).map((fix) => ({
        ...fix,
        title: `Remove ${field}: ${String(fieldsAt(port)[field])}`,
      })),
    );
  }
  const kinds = ['service', 'resource'].map((field) => placeBelow(place, field));
  return kinds.every(({ node }) => node !== undefined) ? kinds.flatMap(removeFix) : [];
}

function missingPortFixes(place: Place, cluster: Cluster): readonly Fix[] {
  const service = serviceOf(placeBelow(place, 'service'), cluster);
  const port = service?.spec.ports[0]?.port ?? 80;
  const number = placeBelow(place, 'service', 'port', 'number');
  return fixOf(number, 'suggested', `Add port.number: ${port}`, writeEdit(number, port));
}

/** Parameters are in a namespace or for the whole cluster, and say which. */
function classFixes(place: Place, reason: Refusal['error']['reason']): readonly Fix[] {
  if (place.at.at(-1) === 'controller') return controllerFixes(place);
  if (place.at.at(-2) !== 'parameters' || place.at.at(-1) !== 'namespace' || reason === 'FieldValueInvalid') return [];
  const scope = placeBelow(parentOf(place), 'scope');
  const other = place.node === undefined ? 'Cluster' : 'Namespace';
  return [...removeFix(place), ...fixOf(scope, 'suggested', `Use scope ${other}`, writeEdit(scope, other))];
}

/** What the best known controllers answer to. */
const CONTROLLERS: ReadonlyMap<string, string> = new Map([
  ['nginx', 'k8s.io/ingress-nginx'],
  ['ingress-nginx', 'k8s.io/ingress-nginx'],
  ['traefik', 'traefik.io/ingress-controller'],
  ['alb', 'ingress.k8s.aws/alb'],
  ['kong', 'ingress-controllers.konghq.com/kong'],
]);

function controllerFixes(place: Place): readonly Fix[] {
  const written = textAt(place) ?? '';
  const name = String(fieldsAt(placeOf(place.resource, ['metadata'])).name ?? '');
  const controller = CONTROLLERS.get(written.toLowerCase()) ?? CONTROLLERS.get(name.toLowerCase());
  if (controller === undefined || controller === written) return [];
  const title = `${written === '' ? 'Add controller:' : 'Write'} ${controller}`;
  return fixOf(place, 'suggested', title, writeEdit(place, controller));
}
