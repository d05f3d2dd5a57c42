import { isWhole, parseAmount, type ResourceList } from '../../amount.ts';
import { sameValue } from '../../equal.ts';
import { entriesOf } from '../../field-checks.ts';
import { quote } from '../../go-text.ts';
import { addressWarnings } from '../../ip-checks.ts';
import { labelValueProblems } from '../../names.ts';
import type { ObjectMeta } from '../../object-meta.ts';
import type { Path } from '../../path.ts';
import { fieldWarning, type Warnings } from '../../warning.ts';
import { APP_ARMOR_CONTAINER, SECCOMP_CONTAINER, SECCOMP_POD } from './annotations.ts';
import { appArmorProfileOf } from './app-armor.ts';
import { containersOf } from './placed-containers.ts';
import { portWarnings } from './port-warnings.ts';
import type { Container, NodeSelectorTerm, PodAffinity, PodOwner, PodSpec } from './types.ts';
import { volumeWarnings } from './volume-warnings.ts';

export interface WarnedPod {
  readonly metadata: ObjectMeta;
  readonly spec: PodSpec;
  readonly owner: PodOwner;
}

/**
 * Warnings of a Pod or of a template of Pods, in the server's order (pkg/api/pod/warnings.go, warningsForPodSpecAndMeta). `path` is
 * the root or that of the template.
 */
export function podWarnings(pod: WarnedPod, path: Path): Warnings {
  const { metadata, spec } = pod;
  const at = path.child('spec');
  return [
    ...placementWarnings(spec, at),
    ...annotationWarnings(metadata, path),
    ...volumeWarnings(spec.volumes ?? [], at.child('volumes')),
    ...repeatedWarnings(spec, at),
    ...fractionWarnings(spec.overhead, at.child('overhead')),
    ...seccompWarnings(pod, path),
    ...containersOf(spec, at).flatMap((it) => containerWarnings(it.container, pod, it.path, path)),
    ...portWarnings(spec, at),
    ...graceWarnings(spec, at.child('terminationGracePeriodSeconds')),
    ...selectorWarnings(spec.affinity?.podAffinity, at.child('affinity', 'podAffinity')),
    ...selectorWarnings(spec.affinity?.podAntiAffinity, at.child('affinity', 'podAntiAffinity')),
    ...formatWarnings(spec, at),
  ];
}

const DEPRECATED_LABELS: ReadonlyMap<string, string> = new Map([
  ['beta.kubernetes.io/arch', 'deprecated since v1.14; use "kubernetes.io/arch" instead'],
  ['beta.kubernetes.io/os', 'deprecated since v1.14; use "kubernetes.io/os" instead'],
  ['failure-domain.beta.kubernetes.io/region', 'deprecated since v1.17; use "topology.kubernetes.io/region" instead'],
  ['failure-domain.beta.kubernetes.io/zone', 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead'],
  ['beta.kubernetes.io/instance-type', 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead'],
  ['app.kubernetes.io/created-by', 'deprecated since v1.9'],
  ['scheduler.alpha.kubernetes.io/preferAvoidPods', 'deprecated since v1.22; use Taints and Tolerations instead'],
  ['node-role.kubernetes.io/master', 'use "node-role.kubernetes.io/control-plane" instead'],
]);

const NO_SELECTOR = 'a null labelSelector results in matching no pod';
const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

/** Labels of nodes that have new names, and selectors that select nothing. */
function placementWarnings(spec: PodSpec, path: Path): Warnings {
  const affinity = spec.affinity?.nodeAffinity;
  const affinityPath = path.child('affinity', 'nodeAffinity');
  return [
    ...entriesOf(spec.nodeSelector).flatMap(([key]) => {
      const text = DEPRECATED_LABELS.get(key);
      return text === undefined ? [] : [fieldWarning(path.child('nodeSelector').key(key), text)];
    }),
    ...(affinity?.[REQUIRED]?.nodeSelectorTerms ?? []).flatMap((term, index) =>
      termWarnings(term, 'keys', affinityPath.child(REQUIRED, 'nodeSelectorTerms').index(index)),
    ),
    ...(affinity?.[PREFERRED] ?? []).flatMap(({ preference = {} }, index) =>
      termWarnings(preference, 'keys and values', affinityPath.child(PREFERRED).index(index).child('preference')),
    ),
    ...(spec.topologySpreadConstraints ?? []).flatMap(({ topologyKey = '', labelSelector }, index) => {
      const at = path.child('topologySpreadConstraints').index(index);
      return [
        ...deprecatedKey(topologyKey, at.child('topologyKey')),
        ...(labelSelector === undefined ? [fieldWarning(at.child('labelSelector'), NO_SELECTOR)] : []),
      ];
    }),
  ];
}

function deprecatedKey(key: string, path: Path): Warnings {
  const text = DEPRECATED_LABELS.get(key);
  return text === undefined ? [] : [fieldWarning(path, `${key} is ${text}`)];
}

function termWarnings(term: NodeSelectorTerm, what: 'keys' | 'keys and values', path: Path): Warnings {
  return (term.matchExpressions ?? []).flatMap(({ key = '', values = [] }, index) => {
    const at = path.child('matchExpressions').index(index);
    const checked = what === 'keys' ? [] : values;
    return [
      ...deprecatedKey(key, at.child('key')),
      ...checked.flatMap((value, valueIndex) =>
        labelValueProblems(value).map((problem) =>
          fieldWarning(at.child('values').index(valueIndex), `${value} is invalid, ${problem}`),
        ),
      ),
    ];
  });
}

const DEPRECATED_ANNOTATIONS = [
  ['scheduler.alpha.kubernetes.io/critical-pod', 'non-functional in v1.16+; use the "priorityClassName" field instead'],
  ['security.alpha.kubernetes.io/sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
  ['security.alpha.kubernetes.io/unsafe-sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
] as const;

function annotationWarnings({ annotations = {} }: ObjectMeta, path: Path): Warnings {
  return DEPRECATED_ANNOTATIONS.filter(([key]) => annotations[key] !== undefined).map(([key, text]) =>
    fieldWarning(path.child('metadata', 'annotations').key(key), text),
  );
}

/** Entries that kubectl cannot tell apart, and names that name nothing. */
function repeatedWarnings({ hostAliases = [], imagePullSecrets = [] }: PodSpec, path: Path): Warnings {
  const repeated = (values: readonly string[], list: string, field: string) =>
    values.flatMap((value, index) =>
      values.indexOf(value) < index
        ? [fieldWarning(path.child(list).index(index).child(field), `duplicate ${field} ${quote(value)}`)]
        : [],
    );
  const names = imagePullSecrets.map(({ name = '' }) => name);
  const emptyNames = names.flatMap((name, index) =>
    name === ''
      ? [fieldWarning(path.child('imagePullSecrets').index(index).child('name'), 'invalid empty name ""')]
      : [],
  );
  return [
    ...repeated(
      hostAliases.map(({ ip = '' }) => ip),
      'hostAliases',
      'ip',
    ),
    ...repeated(names, 'imagePullSecrets', 'name'),
    ...emptyNames,
  ];
}

const BYTES = ['memory', 'ephemeral-storage'];

function fractionWarning(list: ResourceList | undefined, name: string, path: Path): Warnings {
  const value = list?.[name];
  const amount = value === undefined ? undefined : parseAmount(value);
  if (amount === undefined || isWhole(amount)) return [];
  return [fieldWarning(path.key(name), `fractional byte value ${quote(amount.text)} is invalid, must be an integer`)];
}

function fractionWarnings(list: ResourceList | undefined, path: Path): Warnings {
  return BYTES.flatMap((name) => fractionWarning(list, name, path));
}

const SECCOMP_GONE = 'non-functional in v1.27+; use the "seccompProfile" field instead';

function seccompWarnings({ metadata, spec }: WarnedPod, path: Path): Warnings {
  const isOld = spec.securityContext?.seccompProfile === undefined && metadata.annotations?.[SECCOMP_POD] !== undefined;
  return isOld ? [fieldWarning(path.child('metadata', 'annotations').key(SECCOMP_POD), SECCOMP_GONE)] : [];
}

/** `path` is the container's, `root` that of the Pod or template. */
function containerWarnings(container: Container, pod: WarnedPod, path: Path, root: Path): Warnings {
  const { name = '', resources, securityContext } = container;
  const key = SECCOMP_CONTAINER + name;
  const hasSeccomp = securityContext?.seccompProfile === undefined && pod.metadata.annotations?.[key] !== undefined;
  const at = root.child('metadata', 'annotations');
  return [
    ...(hasSeccomp ? [fieldWarning(at.key(key), SECCOMP_GONE)] : []),
    ...appArmorWarnings(container, pod, at),
    ...BYTES.flatMap((resource) =>
      (['limits', 'requests'] as const).flatMap((kind) =>
        fractionWarning(resources?.[kind], resource, path.child('resources', kind)),
      ),
    ),
    ...hiddenVariableWarnings(container, path.child('env')),
  ];
}

/** Of a Pod it is not known any more whether the field was given or made of the annotation. */
function appArmorWarnings(container: Container, { metadata, spec, owner }: WarnedPod, path: Path): Warnings {
  const key = APP_ARMOR_CONTAINER + (container.name ?? '');
  const annotation = metadata.annotations?.[key];
  const hasField = owner === 'template' && container.securityContext?.appArmorProfile !== undefined;
  const profile = appArmorProfileOf(annotation ?? '');
  const isOfPod = profile !== undefined && sameValue(profile, spec.securityContext?.appArmorProfile);
  if (annotation === undefined || hasField || isOfPod) return [];
  return [fieldWarning(path.key(key), 'deprecated since v1.30; use the "appArmorProfile" field instead')];
}

/** A variable that is defined again hides the first one, unless it is made of it. */
function hiddenVariableWarnings({ env = [] }: Container, path: Path): Warnings {
  return env.flatMap(({ name = '', value = '', valueFrom }, index) => {
    const isFirst = env.findIndex((other) => (other.name ?? '') === name) === index;
    const reference = `$(${name})`;
    const extendsFirst = valueFrom === undefined && value !== reference && value.includes(reference);
    if (isFirst || extendsFirst) return [];
    const text = `hides previous definition of ${quote(name)}, which may be dropped when using apply`;
    return [fieldWarning(path.index(index), text)];
  });
}

function graceWarnings({ terminationGracePeriodSeconds: seconds = 0 }: PodSpec, path: Path): Warnings {
  return seconds < 0 ? [fieldWarning(path, 'must be >= 0; negative values are invalid and will be treated as 1')] : [];
}

function selectorWarnings(affinity: PodAffinity | undefined, path: Path): Warnings {
  const required = (affinity?.[REQUIRED] ?? []).flatMap(({ labelSelector }, index) =>
    labelSelector === undefined ? [path.child(REQUIRED).index(index)] : [],
  );
  const preferred = (affinity?.[PREFERRED] ?? []).flatMap(({ podAffinityTerm }, index) =>
    podAffinityTerm?.labelSelector === undefined ? [path.child(PREFERRED).index(index).child('podAffinityTerm')] : [],
  );
  return [...required, ...preferred].map((at) => fieldWarning(at.child('labelSelector'), NO_SELECTOR));
}

/** Addresses that are valid but not written in the usual form. */
function formatWarnings({ dnsConfig, hostAliases = [] }: PodSpec, path: Path): Warnings {
  const places = [
    ...(dnsConfig?.nameservers ?? []).map((address, index) => ({
      address,
      at: path.child('dnsConfig', 'nameservers').index(index),
    })),
    ...hostAliases.map(({ ip = '' }, index) => ({
      address: ip,
      at: path.child('hostAliases').index(index).child('ip'),
    })),
  ];
  return places.flatMap(({ address, at }) => addressWarnings(at, address).map((message) => ({ message, at: at.at })));
}
