import { describe, expect, test } from 'vitest';
import { CONFIG_MAP } from '../server/src/core/api/kinds/config-map.ts';
import { NAMESPACE } from '../server/src/core/api/kinds/namespace.ts';
import { NOW, objectOf, prepared, runCases, update } from './support/kind-rules.ts';

describe('Namespace', () => {
  runCases(NAMESPACE, [
    ['name', { metadata: { name: 'a.b' } }, ['metadata.name: Invalid value: "a.b": must not contain dots']],
    [
      'name that is no label value either',
      { metadata: { name: '-' } },
      ['metadata.name: Invalid value: "-": LABEL', 'metadata.labels: Invalid value: "-": LABEL VALUE'],
    ],
    [
      'finalizers',
      { spec: { finalizers: ['a', 'b/-'] } },
      [
        'spec.finalizers: Invalid value: "a": name is neither a standard finalizer name nor is it fully qualified',
        'spec.finalizers: Invalid value: "b/-": KEY',
      ],
    ],
    [
      'finalizers of the metadata',
      { metadata: { finalizers: ['a'] } },
      [
        'metadata.finalizers[0]: Invalid value: "a": name is neither a standard finalizer name nor is it fully qualified',
      ],
    ],
    [
      'labels of PodSecurity',
      {
        metadata: {
          labels: {
            'pod-security.kubernetes.io/warn-version': 'v1.030',
            'pod-security.kubernetes.io/audit': 'baseline',
            'pod-security.kubernetes.io/enforce': 'Restricted',
            'pod-security.kubernetes.io/enforce-version': 'v1.30',
            'pod-security.kubernetes.io/audit-version': '',
            'pod-security.kubernetes.io/other': 'x',
          },
        },
      },
      [
        'metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "Restricted": must be one of privileged, baseline, restricted',
        'metadata.labels[pod-security.kubernetes.io/audit-version]: Invalid value: "": must be "latest" or "v1.x"',
        'metadata.labels[pod-security.kubernetes.io/warn-version]: Invalid value: "v1.030": must be "latest" or "v1.x"',
      ],
    ],
    [
      'labels of PodSecurity in a Namespace that is not valid',
      { metadata: { name: 'a.b', labels: { 'pod-security.kubernetes.io/enforce': 'strict' } } },
      ['metadata.name: Invalid value: "a.b": must not contain dots'],
    ],
  ]);

  test('an update may keep labels of PodSecurity that are refused', () => {
    const labelled = (level: string) => ({ metadata: { labels: { 'pod-security.kubernetes.io/enforce': level } } });
    expect(update(NAMESPACE, labelled('strict'), labelled('strict'))).toEqual([]);
    expect(update(NAMESPACE, labelled('strict'), labelled('lax'))).toEqual([
      'metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: "lax": must be one of privileged, baseline, restricted',
    ]);
  });

  test('label, finalizer and phase are the server’s', () => {
    const body = { metadata: { labels: { a: 'b' } }, spec: { finalizers: ['a.com/b'] }, status: { phase: 'x' } };
    expect(NAMESPACE.default(objectOf(NAMESPACE, body), NOW)).toMatchObject({
      metadata: { labels: { a: 'b', 'kubernetes.io/metadata.name': 'x' } },
      spec: { finalizers: ['a.com/b', 'kubernetes'] },
      status: { phase: 'Active' },
    });
  });

  test('an update keeps finalizers and phase', () => {
    const stored = NAMESPACE.default(objectOf(NAMESPACE, {}), NOW);
    const next = objectOf(NAMESPACE, { spec: { finalizers: ['a'] }, status: { phase: 'x' } });
    expect(prepared(NAMESPACE, next, stored)).toEqual({ ...stored, metadata: { ...stored.metadata } });
  });
});

describe('ConfigMap', () => {
  runCases(CONFIG_MAP, [
    ['name', { metadata: { name: 'A' } }, ['metadata.name: Invalid value: "A": SUBDOMAIN']],
    [
      'keys',
      { data: { 'a b': '', '..': '' }, binaryData: { c: '' } },
      ['data[..]: Invalid value: "..": must not be \'..\'', 'data[a b]: Invalid value: "a b": CONFIG KEY'],
    ],
    [
      'the same key twice',
      { data: { a: '' }, binaryData: { a: '' } },
      ['data[a]: Invalid value: "a": duplicate of key present in binaryData'],
    ],
    [
      'one MiB of text and bytes in all',
      { data: { a: 'a'.repeat(1024 * 1024 - 1) }, binaryData: { b: 'YWI=' } },
      [': Too long: may not be more than 1048576 bytes'],
    ],
    ['just one MiB', { data: { a: 'a'.repeat(1024 * 1024 - 2) }, binaryData: { b: 'YWI=' } }, []],
  ]);

  test('what is immutable stays', () => {
    const stored = { immutable: true, data: { a: 'b' }, binaryData: { c: 'YQ==' } };
    expect(update(CONFIG_MAP, stored, {})).toEqual(
      ['immutable', 'data', 'binaryData'].map(
        (field) => `${field}: Forbidden: field is immutable when \`immutable\` is set`,
      ),
    );
    expect(update(CONFIG_MAP, stored, stored)).toEqual([]);
    expect(update(CONFIG_MAP, { data: { a: 'b' } }, stored)).toEqual([]);
  });
});
