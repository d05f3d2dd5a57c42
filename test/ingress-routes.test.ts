import { describe, expect, test } from 'vitest';
import {
  allIngresses,
  Cluster,
  KUBEADM_SETTINGS,
  parseRequestUrl,
  routeRequest,
  Snapshot,
} from '../server/src/core/index.ts';

/** One Ingress per line of `host path type`; each has a Service called by its number, from 0. */
function clusterOf(rules: readonly string[], controller = 'example.com/any'): Cluster {
  const ingresses = rules.map((rule, index) => ingressOf(rule, index));
  const classText = `apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: any }\nspec: { controller: ${controller} }\n`;
  const snapshot = Snapshot.empty(['']).apply([{ uri: 'all.yaml', text: [classText, ...ingresses].join('---\n') }]);
  const resources = [...snapshot.files.values()].flatMap((file) => file.resources);
  return new Cluster({ name: 'test', resources, settings: KUBEADM_SETTINGS, openReason: undefined });
}

function ingressOf(rule: string, index: number): string {
  const [host = '', path, pathType] = rule.split(' ');
  const backend = { service: { name: `s${index}`, port: { number: 80 } } };
  const http = path === undefined ? {} : { http: { paths: [{ path, pathType, backend }] } };
  const rules = host === 'default' ? [] : [{ ...(host === '-' ? {} : { host }), ...http }];
  const fallback = path === undefined ? { defaultBackend: backend } : {};
  return `${JSON.stringify({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: `i${index}` },
    spec: { ingressClassName: 'any', ...fallback, rules },
  })}\n`;
}

/** The number of the rule that answers. */
function answer(cluster: Cluster, url: string): string | undefined {
  const { target } = routeRequest(cluster, allIngresses(cluster), parseRequestUrl(url));
  return target?.backend.serviceName;
}

describe('the path table of the Ingress API (KEP-1453)', () => {
  test.each([
    ['Prefix', '/', '/', true],
    ['Prefix', '/', '/any/path', true],
    ['Exact', '/foo', '/foo', true],
    ['Exact', '/foo', '/bar', false],
    ['Exact', '/foo', '/foo/', false],
    ['Exact', '/foo/', '/foo', false],
    ['Exact', '/foo/', '/foo/', true],
    ['Prefix', '/foo', '/foo', true],
    ['Prefix', '/foo', '/foo/', true],
    ['Prefix', '/foo/', '/foo', true],
    ['Prefix', '/foo/', '/foo/', true],
    ['Prefix', '/aaa/bb', '/aaa/bbb', false],
    ['Prefix', '/aaa/bbb', '/aaa/bbb', true],
    ['Prefix', '/aaa/bbb/', '/aaa/bbb', true],
    ['Prefix', '/aaa/bbb', '/aaa/bbb/', true],
    ['Prefix', '/aaa/bbb', '/aaa/bbb/ccc', true],
    ['Prefix', '/aaa/bbb', '/aaa/bbbxyz', false],
    ['Prefix', '/aaa/bbb', '/AAA/bbb', false],
  ])('%s %s takes %s: %s', (type, path, requested, taken) => {
    const cluster = clusterOf([`shop.example.com ${path} ${type}`]);
    expect(answer(cluster, `shop.example.com${requested}`)).toBe(taken ? 's0' : undefined);
  });
});

describe('which of several answers', () => {
  test.each([
    ['the longer prefix', ['- / Prefix', '- /aaa Prefix', '- /aaa/bbb Prefix'], '/aaa/bbb', 's2'],
    ['the one that matches', ['- / Prefix', '- /aaa Prefix', '- /aaa/bbb Prefix'], '/ccc', 's0'],
    ['Exact before Prefix', ['- /foo Prefix', '- /foo Exact'], '/foo', 's1'],
    ['Exact before a prefix with a slash', ['- /foo/ Prefix', '- /foo Exact'], '/foo', 's1'],
    ['a host by name before a wildcard', ['*.a.com /x Exact', 'b.a.com / Prefix'], 'b.a.com/x', 's1'],
    ['a wildcard before no host', ['- /x Exact', '*.a.com / Prefix'], 'b.a.com/x', 's1'],
    ['no wildcard for a path that the host lacks', ['*.a.com / Prefix', 'b.a.com /x Prefix'], 'b.a.com/y', undefined],
    ['a wildcard for one label', ['*.a.com / Prefix'], 'b.a.com', 's0'],
    ['a wildcard not for two', ['*.a.com / Prefix'], 'c.b.a.com', undefined],
    ['a wildcard not for none', ['*.a.com / Prefix'], 'a.com', undefined],
    ['hosts in any case, on any port', ['Shop.a.com / Prefix'], 'https://user@SHOP.a.com.:8443/x?y#z', 's0'],
    ['the first in the manifests of a tie', ['- /a Prefix', '- /a/ Prefix'], '/a/b', 's0'],
    ["the host's own default backend", ['default', 'a.com'], 'a.com/x', 's1'],
    ['a default backend for other hosts', ['b.com /x Prefix', 'default'], 'a.com/x', 's1'],
    ['the default backend of an Ingress with rules', ['a.com'], 'b.com/x', 's0'],
    ['nothing', ['a.com /x Prefix'], 'a.com/y', undefined],
  ])('%s', (_, rules, url, expected) => {
    expect(answer(clusterOf(rules), url)).toBe(expected);
  });

  test('ingress-nginx keeps the default backend of an Ingress with rules for their hosts', () => {
    const cluster = clusterOf(['a.com'], 'k8s.io/ingress-nginx');
    expect(answer(cluster, 'a.com/x')).toBe('s0');
    expect(answer(cluster, 'b.com/x')).toBeUndefined();
  });
});
