import { isExternallyAccessible } from '../../cluster/index.ts';
import {
  isExternalName,
  isHeadless,
  isTopologyAuto,
  type ServiceResource,
  TOPOLOGY_ANNOTATIONS,
} from '../../manifest/index.ts';
import type { Fix, RuleFinding } from '../rule.ts';
import { removal, writtenAt } from './written.ts';

/** Fields about which endpoint a connection goes to, where another field or its own value takes their effect away. */
export function findIgnoredByRouting(service: ServiceResource): readonly RuleFinding[] {
  const isProxied = !isExternalName(service.spec) && !isHeadless(service.spec);
  return [...affinityConfig(service), ...(isProxied ? [...distribution(service), ...topologyMode(service)] : [])];
}

/** Without affinity its settings are dropped by defaulting, before validation could complain (SVC-DEF-2). */
function affinityConfig(service: ServiceResource): readonly RuleFinding[] {
  const { sessionAffinity, path: spec } = service.spec;
  const seconds = writtenAt(service, 'spec', 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds');
  if (seconds === undefined || (sessionAffinity !== 'None' && sessionAffinity !== '')) return [];
  const isWritten = writtenAt(service, 'spec', 'sessionAffinity') !== undefined;
  const path = [...spec, 'sessionAffinityConfig'];
  const message =
    `sessionAffinityConfig has no effect: sessionAffinity is ${isWritten ? 'None' : 'left to its default, None'}, ` +
    'and the API server then drops the settings of ClientIP.';
  return [{ path, part: 'key', message, fixes: [...affinityFixes(service, isWritten), removal(service, path)] }];
}

function affinityFixes(service: ServiceResource, isWritten: boolean): readonly Fix[] {
  if (isExternalName(service.spec) || isHeadless(service.spec)) return [];
  const path = [...service.spec.path, 'sessionAffinity'];
  const edit = { op: isWritten ? 'replace' : 'insert', path, value: 'ClientIP' } as const;
  return [{ title: 'Use sessionAffinity ClientIP', kind: 'suggested', edits: [{ resource: service, edit }] }];
}

/** What `trafficDistribution` gives way to (SVC-TD-3, SVC-TD-4). */
function distribution(service: ServiceResource): readonly RuleFinding[] {
  const { spec } = service;
  const path = [...spec.path, 'trafficDistribution'];
  if (!spec.trafficDistribution) return [];
  const annotations = TOPOLOGY_ANNOTATIONS.filter((name) => service.annotations.has(name));
  const [deciding] = annotations;
  if (deciding !== undefined && isTopologyAuto(service.annotations.get(deciding))) {
    const message = `trafficDistribution has no effect beside the annotation ${deciding}: Auto, which alone then decides about topology hints.`;
    const fixes = annotations.length === 1 ? [removeAnnotation(service, deciding)] : [];
    return [{ path, part: 'key', message, fixes: [removal(service, path), ...fixes] }];
  }
  // With node ports and the like, some connections are still not bound to the client's node.
  if (spec.internalTrafficPolicy !== 'Local' || isExternallyAccessible(service)) return [];
  const message =
    'trafficDistribution has no effect: internalTrafficPolicy Local keeps every connection on the node of its client, ' +
    `and this Service has no address for clients from outside.`;
  return [{ path, part: 'key', message, fixes: [removal(service, path)] }];
}

function removeAnnotation(service: ServiceResource, name: string): Fix {
  const path = [...service.path, 'metadata', 'annotations', name];
  return {
    title: 'Remove the annotation',
    kind: 'suggested',
    edits: [{ resource: service, edit: { op: 'remove', path } }],
  };
}

/** Values besides Auto and Disabled; those with a domain are meant for other controllers than Kubernetes' own. */
function topologyMode(service: ServiceResource): readonly RuleFinding[] {
  const name = TOPOLOGY_ANNOTATIONS.find((each) => service.annotations.has(each));
  const value = name === undefined ? '' : (service.annotations.get(name) ?? '');
  const isKnown = value === '' || isTopologyAuto(value) || value.toLowerCase() === 'disabled' || value.includes('/');
  if (name === undefined || isKnown) return [];
  const path = [...service.path, 'metadata', 'annotations', name];
  const message = `"${value}" leaves topology hints off, as every value but Auto does.`;
  const edit = { op: 'replace', path, value: 'Auto' } as const;
  const turnOn: Fix = { title: 'Use Auto', kind: 'suggested', edits: [{ resource: service, edit }] };
  const fixes = service.spec.trafficDistribution ? [] : [turnOn];
  return [{ path, message, fixes: [...fixes, removal(service, path, 'the annotation')] }];
}
