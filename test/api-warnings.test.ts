// What of an answer's warnings is sent, and how `kube-netlens dry-run` prints it.
import { describe, expect, test } from 'vitest';
import {
  ApplySession,
  answerJson,
  applyText,
  createApiServer,
  type JsonObject,
  outcomeOf,
} from '../server/src/core/index.ts';

function pod(ports: readonly JsonObject[], env: readonly JsonObject[] = []): JsonObject {
  const containers = [{ name: 'c', image: 'nginx', ports, env }];
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers } };
}

function printed(object: JsonObject): readonly string[] {
  const server = createApiServer({ serviceCIDRs: ['10.96.0.0/12'] });
  const answer = server.create(object, { namespace: 'default', mode: 'dry-run' });
  const applied = new ApplySession(server).apply(object, 'default', 'dry-run');
  if (answer === undefined || applied === undefined) throw new Error('not simulated');
  const lines = applyText([outcomeOf(applied, 'a.yaml')], 'dry-run').split('\n');
  const { warnings } = answerJson(answer);
  expect(lines.filter((line) => line.startsWith('Warning: '))).toEqual(
    (warnings as readonly string[]).map((text) => `Warning: ${text}`),
  );
  return warnings as readonly string[];
}

/** `count` ports of which each has a name of its own, and of which all but the first have a warning of 68 characters. */
function samePorts(count: number): readonly JsonObject[] {
  return Array.from({ length: count }, (_, index) => ({ containerPort: 80, name: `p${index}` }));
}

/** Variables that hide earlier ones of the same, long name. */
function hiding(...lengths: readonly number[]): readonly JsonObject[] {
  return lengths.flatMap((length, index) => {
    const name = `${index}`.padEnd(length, 'X');
    return [
      { name, value: 'a' },
      { name, value: 'b' },
    ];
  });
}

describe('the warnings of an answer', () => {
  test('are sent whole up to 4096 characters in all', () => {
    const [one = ''] = printed(pod([], hiding(1000)));
    const rest = [...one].length - 1000;
    expect(printed(pod([], hiding(4096 - rest)))).toEqual([expect.stringMatching(/X{3000}.*apply$/)]);
    expect(printed(pod([], hiding(4097 - rest)))).toEqual([expect.stringMatching(/^.{256}$/)]);
  });

  test('are cut to 256 characters each beyond, up to 4096 in all', () => {
    const warnings = printed(pod([], hiding(...Array.from({ length: 20 }, () => 300))));
    expect(warnings.map((text) => text.length)).toEqual(Array.from({ length: 16 }, () => 256));
  });

  test('stop behind the one that exceeds what fits', () => {
    const warnings = printed(pod(samePorts(20)));
    const length = warnings.join('').length;
    expect(length).toBeGreaterThanOrEqual(4096);
    expect(length - (warnings.at(-1) ?? '').length).toBeLessThan(4096);
  });

  test('are sent up to the first that is too much, even if those before it fill what there is', () => {
    const [one = ''] = printed(pod([], hiding(100)));
    const rest = one.length - 100;
    // From the sixth on, the index of the variable has two digits.
    const lengths = Array.from({ length: 17 }, (_, index) => 256 - rest - (index < 5 ? 0 : 1));
    expect(printed(pod([], hiding(...lengths))).map((text) => text.length)).toEqual(lengths.map(() => 256));
  });

  test('are not sent if they hold control characters', () => {
    const annotated = { ...pod([{ containerPort: 80 }, { containerPort: 80 }]) };
    const spec = {
      ...(annotated['spec'] as JsonObject),
      affinity: {
        nodeAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 1, preference: { matchExpressions: [{ key: 'a', operator: 'In', values: ['a\u0007'] }] } },
          ],
        },
      },
    };
    expect(printed({ ...annotated, spec })).toEqual([expect.stringContaining('duplicate port definition')]);
  });
});
