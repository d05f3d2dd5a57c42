import { describe, expect, test } from 'vitest';
import type { ApiObject } from '../server/src/core/api/kind-rules.ts';
import { INGRESS } from '../server/src/core/api/kinds/ingress.ts';
import { INGRESS_CLASS } from '../server/src/core/api/kinds/ingress-class.ts';
import {
  BEFORE,
  type Body,
  type Case,
  create,
  NOW,
  objectOf,
  prepared,
  runCases,
  update,
  warnings,
} from './support/kind-rules.ts';

const WEB = { service: { name: 'web', port: { number: 80 } } };

function withPath(path: object, host?: string): Body {
  const item = { path: '/', pathType: 'Prefix', backend: WEB, ...path };
  return { spec: { rules: [{ ...(host !== undefined && { host }), http: { paths: [item] } }] } };
}

function withBackend(defaultBackend: object): Body {
  return { spec: { defaultBackend } };
}

function withPort(port: object): Body {
  return withBackend({ service: { name: 'web', port } });
}

function withResource(resource: object): Body {
  return withBackend({ resource: { kind: 'Bucket', name: 'assets', ...resource } });
}

const PATH = 'spec.rules[0].http.paths[0]';

describe('Ingress', () => {
  runCases(INGRESS, [
    ['ING-1 name', { ...withPath({}), metadata: { name: 'A' } }, ['metadata.name: Invalid value: "A": SUBDOMAIN']],
    ['ING-2 nothing to route', {}, ['spec: Invalid value: null: either `defaultBackend` or `rules` must be specified']],
    [
      'ING-2 empty list of rules',
      { spec: { rules: [] } },
      ['spec: Invalid value: []: either `defaultBackend` or `rules` must be specified'],
    ],
    [
      'ING-3 host is an IPv4 address',
      withPath({}, '10.0.0.1'),
      ['spec.rules[0].host: Invalid value: "10.0.0.1": must be a DNS name, not an IP address'],
    ],
    [
      'ING-3 host is an IPv6 address',
      withPath({}, '::1'),
      [
        'spec.rules[0].host: Invalid value: "::1": must be a DNS name, not an IP address',
        'spec.rules[0].host: Invalid value: "::1": SUBDOMAIN',
      ],
    ],
    ['ING-4 wildcard', withPath({}, '*.example.com'), []],
    ['ING-4 wildcard in the middle', withPath({}, 'a.*.b'), ['spec.rules[0].host: Invalid value: "a.*.b": WILDCARD']],
    ['ING-5 host with a port', withPath({}, 'a.com:80'), ['spec.rules[0].host: Invalid value: "a.com:80": SUBDOMAIN']],
    ['ING-6 no host', withPath({}), []],
    ['ING-7 rule without http', { spec: { rules: [{ host: 'a.com' }] } }, []],
    ['ING-8 no paths', { spec: { rules: [{ http: {} }] } }, ['spec.rules[0].http.paths: Required value']],
    [
      'ING-9 no path type, and nothing else is looked at',
      withPath({ pathType: undefined, path: 'x', backend: {} }),
      [`${PATH}.pathType: Required value: pathType must be specified`],
    ],
    [
      'ING-10 path type',
      withPath({ pathType: 'prefix', path: 'x' }),
      [`${PATH}.pathType: Unsupported value: "prefix": supported values: "Exact", "ImplementationSpecific", "Prefix"`],
    ],
    ['ING-11 no path', withPath({ path: '' }), [`${PATH}.path: Invalid value: "": must be an absolute path`]],
    [
      'ING-12 each forbidden part',
      withPath({ path: '/a//b/../%2f%2F/./c' }),
      ['//', '/./', '/../', '%2f', '%2F'].map(
        (part) => `${PATH}.path: Invalid value: "/a//b/../%2f%2F/./c": must not contain '${part}'`,
      ),
    ],
    ['ING-13 end', withPath({ path: '/a/..' }), [`${PATH}.path: Invalid value: "/a/..": cannot end with '/..'`]],
    ['ING-14 any absolute path', withPath({ pathType: 'ImplementationSpecific', path: '/a//.*' }), []],
    ['ING-14 no path', withPath({ pathType: 'ImplementationSpecific', path: '' }), []],
    [
      'ING-14 relative path',
      withPath({ pathType: 'ImplementationSpecific', path: 'a' }),
      [`${PATH}.path: Invalid value: "a": must be an absolute path`],
    ],
    [
      'ING-15 two backends',
      withPath({ backend: { ...WEB, resource: {} } }),
      [`${PATH}.backend: Invalid value: "": cannot set both resource and service backends`],
    ],
    [
      'ING-16 no backend',
      withPath({ backend: {} }),
      [`${PATH}.backend: Invalid value: "": resource or service backend is required`],
    ],
    [
      'ING-17 no name of the Service',
      withBackend({ service: { port: { number: 80 } } }),
      ['spec.defaultBackend.service.name: Required value'],
    ],
    [
      'ING-18 name of the Service',
      withBackend({ service: { name: 'A', port: { number: 80 } } }),
      ['spec.defaultBackend.service.name: Invalid value: "A": LABEL'],
    ],
    [
      'ING-19 name and number',
      withPort({ name: 'http', number: 80 }),
      ['spec.defaultBackend: Invalid value: "": cannot set both port name & port number'],
    ],
    ['ING-20 no port', withPort({}), ['spec.defaultBackend: Required value: port name or number is required']],
    [
      'ING-21 name of a port',
      withPort({ name: 'a--b' }),
      ['spec.defaultBackend.service.port.name: Invalid value: "a--b": must not contain consecutive hyphens'],
    ],
    [
      'ING-22 number of a port',
      withPort({ number: 65536 }),
      ['spec.defaultBackend.service.port.number: Invalid value: 65536: must be between 1 and 65535, inclusive'],
    ],
    [
      'ING-23 group',
      withResource({ apiGroup: '' }),
      ['spec.defaultBackend.resource.apiGroup: Invalid value: "": SUBDOMAIN'],
    ],
    [
      'ING-24 no kind and no name',
      withBackend({ resource: {} }),
      ['spec.defaultBackend.resource.kind: Required value', 'spec.defaultBackend.resource.name: Required value'],
    ],
    [
      'ING-25 name that does not fit into a URL',
      withResource({ kind: '.', name: 'a/b%' }),
      [
        `spec.defaultBackend.resource.kind: Invalid value: ".": may not be '.'`,
        `spec.defaultBackend.resource.name: Invalid value: "a/b%": may not contain '/'`,
        `spec.defaultBackend.resource.name: Invalid value: "a/b%": may not contain '%'`,
      ],
    ],
    [
      'ING-26 default backend',
      withBackend({}),
      ['spec.defaultBackend: Invalid value: "": resource or service backend is required'],
    ],
    [
      'ING-27 hosts of TLS, where addresses are taken',
      { spec: { defaultBackend: WEB, tls: [{ hosts: ['10.0.0.1', '*.a.com', '*', ''] }] } },
      ['spec.tls[0].hosts[2]: Invalid value: "*": WILDCARD', 'spec.tls[0].hosts[3]: Invalid value: "": SUBDOMAIN'],
    ],
    [
      'ING-28 secret',
      { spec: { defaultBackend: WEB, tls: [{}, { secretName: 'A' }] } },
      ['spec.tls[1].secretName: Invalid value: "A": SUBDOMAIN'],
    ],
    [
      'ING-29 class',
      { spec: { defaultBackend: WEB, ingressClassName: '' } },
      ['spec.ingressClassName: Invalid value: "": SUBDOMAIN'],
    ],
    [
      'ING-30 annotation differs from the class',
      {
        metadata: { annotations: { 'kubernetes.io/ingress.class': 'a' } },
        spec: { defaultBackend: WEB, ingressClassName: 'b' },
      },
      [
        'annotations.kubernetes.io/ingress.class: Invalid value: "a": must match `ingressClassName` when both are specified',
      ],
    ],
  ]);

  test('ING-18 before 1.36 the name of a Service starts with a letter, unless a stored one did not', () => {
    const digit = withBackend({ service: { name: '1a', port: { number: 80 } } });
    expect(create(INGRESS, digit)).toEqual([]);
    expect(create(INGRESS, digit, BEFORE)).toEqual(['spec.defaultBackend.service.name: Invalid value: "1a": DNS-1035']);
    expect(update(INGRESS, withBackend(WEB), digit, BEFORE)).toHaveLength(1);
    expect(update(INGRESS, withPath({ backend: { service: { name: '2b' } } }), digit, BEFORE)).toEqual([]);
  });

  test('ING-28 an update may have wrong secrets if the stored object has one', () => {
    const wrong = { spec: { defaultBackend: WEB, tls: [{ secretName: 'B' }] } };
    expect(update(INGRESS, { spec: { defaultBackend: WEB, tls: [{ secretName: 'A' }] } }, wrong)).toEqual([]);
    expect(update(INGRESS, withBackend(WEB), wrong)).toHaveLength(1);
  });

  test('ING-30 an update may set the class beside the annotation', () => {
    const metadata = { annotations: { 'kubernetes.io/ingress.class': 'a' } };
    const next = { metadata, spec: { defaultBackend: WEB, ingressClassName: 'b' } };
    expect(update(INGRESS, { metadata, ...withBackend(WEB) }, next)).toEqual([]);
  });

  test('ING-31 rules of wildcard hosts go unchecked once one was wrong', () => {
    const wrong = withPath({ path: 'x' }, '*.b.com');
    expect(update(INGRESS, withPath({ path: 'y' }, '*.a.com'), wrong)).toEqual([]);
    expect(update(INGRESS, withPath({ path: 'y' }, 'a.com'), wrong)).toEqual([
      `${PATH}.path: Invalid value: "x": must be an absolute path`,
    ]);
  });

  test('ING-W1 the annotation alone is warned of, on creation only', () => {
    const body = { metadata: { annotations: { 'kubernetes.io/ingress.class': '' } }, ...withBackend(WEB) };
    const text = `annotation "kubernetes.io/ingress.class" is deprecated, please use 'spec.ingressClassName' instead`;
    expect(warnings(INGRESS, body)).toEqual([text]);
    expect(warnings(INGRESS, body, body)).toEqual([]);
  });
});

describe('defaults of an Ingress', () => {
  const classOf = (name: string, isDefault: string, creationTimestamp?: string): ApiObject => {
    const annotations = { 'ingressclass.kubernetes.io/is-default-class': isDefault };
    return objectOf(INGRESS_CLASS, {
      metadata: { name, annotations, ...(creationTimestamp && { creationTimestamp }) },
    });
  };
  const filledIn = (ingressClasses: readonly ApiObject[], body = withBackend(WEB)) =>
    INGRESS.default(objectOf(INGRESS, body), { ...NOW, ingressClasses });

  test('ING-DEF-2 no path type', () => {
    const { spec } = withPath({ pathType: undefined });
    expect(filledIn([], withPath({ pathType: undefined }))).toMatchObject({ spec, metadata: { generation: 1 } });
  });

  test('ING-DEF-3 the newest default class', () => {
    const old = classOf('a', 'true', '2024-01-01T00:00:00Z');
    const newest = [classOf('c', 'true', '2025-01-01T00:00:00Z'), classOf('b', 'true', '2025-01-01T00:00:00Z')];
    expect(filledIn([old, ...newest])).toMatchObject({ spec: { ingressClassName: 'b' } });
  });

  test('IC-15 only the value true makes a default class', () => {
    expect(filledIn([classOf('a', 'True')])).not.toHaveProperty('spec.ingressClassName');
  });

  test('ING-DEF-3 not beside an annotation or a class', () => {
    const annotated = { metadata: { annotations: { 'kubernetes.io/ingress.class': '' } }, ...withBackend(WEB) };
    expect(filledIn([classOf('a', 'true')], annotated)).not.toHaveProperty('spec.ingressClassName');
    const classed = { spec: { defaultBackend: WEB, ingressClassName: 'b' } };
    expect(filledIn([classOf('a', 'true')], classed)).toMatchObject(classed);
  });

  test('ING-DEF-4 the status is the server’s', () => {
    const status = { loadBalancer: { ingress: [{ ip: '10.0.0.1' }] } };
    expect(filledIn([], { ...withBackend(WEB), status })).not.toHaveProperty('status');
    const stored = { ...objectOf(INGRESS, withBackend(WEB)), status };
    expect(prepared(INGRESS, objectOf(INGRESS, withBackend(WEB)), stored)).toMatchObject({ status });
  });
});

function withParameters(parameters: object): Body {
  return { spec: { controller: 'a.com/b', parameters: { kind: 'K', name: 'n', ...parameters } } };
}

describe('IngressClass', () => {
  const controller = (text: string): Body => ({ spec: { controller: text } });
  runCases(INGRESS_CLASS, [
    [
      'IC-1 name',
      { ...controller('a.com/b'), metadata: { name: 'A' } },
      ['metadata.name: Invalid value: "A": SUBDOMAIN'],
    ],
    [
      'IC-2 namespace',
      { ...controller('a.com/b'), metadata: { namespace: 'a' } },
      ['metadata.namespace: Forbidden: not allowed on this type'],
    ],
    [
      'IC-3 long controller',
      controller(`a.com/${'b'.repeat(245)}`),
      ['spec.controller: Too long: may not be more than 250 bytes'],
    ],
    ['IC-4 no controller', {}, ['spec.controller: Required value']],
    ...['a.com', '/b', 'a.com/'].map(
      (text): Case => [
        `IC-5 ${text} is no path`,
        controller(text),
        [`spec.controller: Invalid value: "${text}": must be a domain-prefixed path (such as "acme.io/foo")`],
      ],
    ),
    [
      'IC-6 parts of the controller',
      controller('A/b c'),
      ['spec.controller: Invalid value: "A": SUBDOMAIN', 'spec.controller: Invalid value: "b c": URL PATH'],
    ],
    ['IC-8 group', withParameters({ apiGroup: 'A' }), ['spec.parameters.apiGroup: Invalid value: "A": SUBDOMAIN']],
    [
      'IC-9 no kind, bad name',
      withParameters({ kind: undefined, name: 'a/b' }),
      ['spec.parameters.kind: Required value', `spec.parameters.name: Invalid value: "a/b": may not contain '/'`],
    ],
    [
      'IC-10 scope',
      withParameters({ scope: 'cluster' }),
      ['spec.parameters.scope: Unsupported value: "cluster": supported values: "Cluster", "Namespace"'],
    ],
    [
      'IC-11 no namespace',
      withParameters({ scope: 'Namespace' }),
      [`spec.parameters.namespace: Required value: \`parameters.scope\` is set to 'Namespace'`],
    ],
    [
      'IC-12 namespace',
      withParameters({ scope: 'Namespace', namespace: 'a.b' }),
      ['spec.parameters.namespace: Invalid value: "a.b": must not contain dots'],
    ],
    [
      'IC-13 namespace of a cluster-wide object, which is the default (ING-DEF-1)',
      withParameters({ namespace: 'a' }),
      [`spec.parameters.namespace: Forbidden: \`parameters.scope\` is set to 'Cluster'`],
    ],
  ]);

  test('IC-7 the controller stays', () => {
    expect(update(INGRESS_CLASS, controller('a.com/b'), controller('a.com/c'))).toEqual([
      'spec.controller: Invalid value: "a.com/c": field is immutable',
    ]);
  });
});
