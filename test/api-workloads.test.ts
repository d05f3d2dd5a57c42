import { describe, expect, test } from 'vitest';
import type { KindRules } from '../server/src/core/api/kind-rules.ts';
import {
  CRON_JOB,
  DAEMON_SET,
  DEPLOYMENT,
  JOB,
  REPLICA_SET,
  REPLICATION_CONTROLLER,
  STATEFUL_SET,
} from '../server/src/core/api/kinds/workloads/index.ts';
import { type Body, create, NOW, objectOf, runCases, update, warnings } from './support/kind-rules.ts';

const LABELS = { app: 'a' };
const SELECTOR = { matchLabels: LABELS };
const MISMATCH =
  'spec.template.metadata.labels: Invalid value: {"app":"a"}: `selector` does not match template `labels`';
const NAME_WARNING =
  'metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]';

function template(spec: object = {}, metadata: object = { labels: LABELS }): object {
  return { metadata, spec: { containers: [{ name: 'c', image: 'nginx', terminationMessagePolicy: 'File' }], ...spec } };
}

/** A workload of the kinds that select Pods by labels. */
function workload(spec: object = {}): Body {
  return { spec: { selector: SELECTOR, template: template(), ...spec } };
}

function job(spec: object = {}, metadata: object = {}): Body {
  return { metadata, spec: { template: template({ restartPolicy: 'Never' }, {}), ...spec } };
}

function cronJob(spec: object = {}, metadata: object = {}): Body {
  const jobTemplate = { spec: { template: template({ restartPolicy: 'Never' }, {}) } };
  return { metadata, spec: { schedule: '0 * * * *', jobTemplate, ...spec } };
}

function stored(rules: KindRules, body: Body): object {
  return rules.default(objectOf(rules, body), NOW);
}

const RULES: Readonly<Record<string, KindRules>> = {
  Deployment: DEPLOYMENT,
  ReplicaSet: REPLICA_SET,
  DaemonSet: DAEMON_SET,
  StatefulSet: STATEFUL_SET,
};

describe('workloads that select Pods', () => {
  test.each([
    ['Deployment', 'deployment', ['spec.selector: Required value', MISMATCH]],
    ['ReplicaSet', 'deployment', ['spec.selector: Required value', MISMATCH]],
    ['DaemonSet', 'daemonset', [MISMATCH]],
    ['StatefulSet', 'statefulset', ['spec.selector: Required value', MISMATCH]],
  ])('%s without selector, and with an empty one', (kind, printed, errors) => {
    const rules = RULES[kind] as KindRules;
    expect(create(rules, workload({ selector: undefined }))).toEqual(errors);
    expect(create(rules, workload({ selector: {} }))).toEqual([
      `spec.selector: Invalid value: {}: empty selector is invalid for ${printed}`,
    ]);
  });

  test.each(Object.entries(RULES))('%s: the selector, the policy of restarts, labels of Pods', (_kind, rules) => {
    expect(create(rules, workload())).toEqual([]);
    expect(create(rules, workload({ selector: { matchLabels: { app: 'b' } } }))).toEqual([MISMATCH]);
    expect(create(rules, workload({ selector: { matchLabels: { app: '-' } } }))).toContain(
      'spec.selector.matchLabels: Invalid value: "-": LABEL VALUE',
    );
    expect(create(rules, workload({ template: template({ restartPolicy: 'Never' }) }))).toEqual([
      'spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
    ]);
    expect(create(rules, workload({ template: template({}, { labels: { ...LABELS, b: '-' } }) }))).toContain(
      'spec.template.labels: Invalid value: "-": LABEL VALUE',
    );
  });

  test.each([
    ['Deployment', DEPLOYMENT, 'ReplicaSet'],
    ['ReplicaSet', REPLICA_SET, 'ReplicaSet'],
    ['DaemonSet', DAEMON_SET, 'DaemonSet'],
  ])('%s: Pods that live for ever have no deadline', (_kind, rules, printed) => {
    expect(create(rules, workload({ template: template({ activeDeadlineSeconds: 1 }) }))).toEqual([
      `spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ${printed} is not Supported`,
    ]);
  });

  test.each([
    ['Deployment', DEPLOYMENT],
    ['ReplicaSet', REPLICA_SET],
    ['DaemonSet', DAEMON_SET],
  ])('%s: the selector is immutable', (_kind, rules) => {
    const changed = { selector: { matchLabels: { app: 'b' } }, template: template({}, { labels: { app: 'b' } }) };
    expect(update(rules, workload(), workload({ template: template({ hostNetwork: true }) }))).toEqual([]);
    expect(update(rules, workload(), workload(changed))).toEqual([
      'spec.selector: Invalid value: {"matchLabels":{"app":"b"}}: field is immutable',
    ]);
  });

  test.each([
    ['Deployment', DEPLOYMENT, workload(), [NAME_WARNING]],
    ['ReplicaSet', REPLICA_SET, workload(), [NAME_WARNING]],
    ['Job', JOB, job(), [NAME_WARNING]],
    ['CronJob', CRON_JOB, cronJob(), [NAME_WARNING]],
    ['DaemonSet', DAEMON_SET, workload(), []],
  ] as const)('%s: warning for a name that is no label, on creation', (_kind, rules, body, expected) => {
    const named = { ...body, metadata: { name: 'a.b' } };
    expect(warnings(rules, named)).toEqual(expected);
    expect(warnings(rules, named, named)).toEqual([]);
  });

  test('warnings of a template name its fields', () => {
    const ports = [{ containerPort: 80 }, { containerPort: 80 }];
    const spec = { template: template({ containers: [{ name: 'c', image: 'nginx', ports }] }) };
    expect(warnings(DEPLOYMENT, workload(spec))).toEqual([
      'spec.template.spec.containers[0].ports[1]: duplicate port definition with spec.template.spec.containers[0].ports[0]',
    ]);
  });
});

describe('Deployment and DaemonSet', () => {
  test('defaults', () => {
    expect(stored(DEPLOYMENT, workload())).toMatchObject({
      metadata: { generation: 1 },
      spec: {
        replicas: 1,
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
      },
    });
    expect(stored(DAEMON_SET, workload())).toMatchObject({
      spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } } },
    });
  });

  test('the generation counts changes of the spec', () => {
    const old = stored(DEPLOYMENT, workload()) as ReturnType<typeof objectOf>;
    const next = (body: Body) => DEPLOYMENT.prepareUpdate?.(objectOf(DEPLOYMENT, body), old, NOW)?.metadata;
    expect(next(workload())).toMatchObject({ generation: 1 });
    expect(next(workload({ replicas: 2 }))).toMatchObject({ generation: 2 });
  });

  runCases(DEPLOYMENT, [
    [
      'numbers',
      workload({ replicas: -1, minReadySeconds: 600, progressDeadlineSeconds: 600 }),
      [
        'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
        'spec.progressDeadlineSeconds: Invalid value: 600: must be greater than minReadySeconds',
      ],
    ],
    [
      'strategy with the numbers of another one',
      workload({ strategy: { type: 'Recreate', rollingUpdate: {} } }),
      ["spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"],
    ],
    [
      'no progress',
      workload({ strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '0%' } } }),
      ['spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "0%": may not be 0 when `maxSurge` is 0'],
    ],
    [
      'numbers of a rolling update',
      workload({ strategy: { rollingUpdate: { maxUnavailable: '101%', maxSurge: 'a' } } }),
      [
        "spec.strategy.rollingUpdate.maxSurge: Invalid value: \"a\": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
        'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "101%": must not be greater than 100%',
      ],
    ],
  ]);
});

describe('StatefulSet', () => {
  runCases(STATEFUL_SET, [
    [
      'SS-1 start',
      workload({ ordinals: { start: -1 } }),
      ['spec.ordinals.start: Invalid value: -1: must be greater than or equal to 0'],
    ],
    [
      'SS-2 hostname and subdomain of the template',
      workload({ template: template({ hostname: 'a', subdomain: 'b' }) }),
      [],
    ],
    ['SS-4 no Service', workload(), []],
    [
      'SS-4 Service',
      workload({ serviceName: 'a.b' }),
      ['spec.serviceName: Invalid value: "a.b": must not contain dots'],
    ],
    [
      'SS-6 name that is no label',
      { ...workload(), metadata: { name: 'a.b' } },
      ['metadata.name: Invalid value: "a.b": must not contain dots'],
    ],
    [
      'policies',
      workload({ podManagementPolicy: 'x', updateStrategy: { type: 'Recreate' } }),
      [
        "spec.podManagementPolicy: Invalid value: \"x\": must be 'OrderedReady' or 'Parallel'",
        'spec.updateStrategy: Invalid value: {"Type":"Recreate","RollingUpdate":null}: must be \'RollingUpdate\' or \'OnDelete\'',
      ],
    ],
  ]);

  test('defaults', () => {
    expect(stored(STATEFUL_SET, workload())).toMatchObject({
      spec: {
        podManagementPolicy: 'OrderedReady',
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      },
    });
  });

  test('SS-4 what may change', () => {
    const changes = { replicas: 3, ordinals: { start: 1 }, minReadySeconds: 5, template: template({ hostname: 'a' }) };
    expect(update(STATEFUL_SET, workload(), workload(changes))).toEqual([]);
    expect(update(STATEFUL_SET, workload(), workload({ serviceName: 'a' }))).toEqual([
      "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
    ]);
  });
});

describe('ReplicationController', () => {
  const controller = (spec: object = {}): Body => ({ spec: { template: template(), ...spec } });

  runCases(REPLICATION_CONTROLLER, [
    ['no selector', controller(), []],
    ['neither selector nor labels', controller({ template: template({}, {}) }), ['spec.selector: Required value']],
    [
      'selector of other Pods',
      controller({ selector: { app: 'b' } }),
      ['spec.template.metadata.labels: Invalid value: {"app":"a"}: `selector` does not match template `labels`'],
    ],
    ['no template', { spec: { selector: LABELS } }, ['spec.template: Required value']],
    [
      'a name that is too long, counted in bytes',
      { ...controller(), metadata: { name: 'x'.repeat(254) } },
      [`metadata.name: Invalid value: "${'x'.repeat(254)}": must be no more than 253 bytes`],
    ],
    ['a prefix of names that is too long', { ...controller(), metadata: { generateName: 'x'.repeat(254) } }, []],
  ]);

  test('labels and selector are those of the Pods', () => {
    expect(stored(REPLICATION_CONTROLLER, controller())).toMatchObject({
      metadata: { labels: LABELS },
      spec: { replicas: 1, selector: LABELS },
    });
  });
});

describe('Job', () => {
  const indexed = { completionMode: 'Indexed', completions: 10, parallelism: 1 };

  test('JOB-1 selector and labels', () => {
    const uid = expect.any(String);
    const labels = {
      'batch.kubernetes.io/controller-uid': uid,
      'batch.kubernetes.io/job-name': 'x',
      'controller-uid': uid,
      'job-name': 'x',
    };
    expect(stored(JOB, job())).toMatchObject({
      spec: {
        selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } },
        template: { metadata: { labels } },
        completions: 1,
        parallelism: 1,
        backoffLimit: 6,
        completionMode: 'NonIndexed',
        podReplacementPolicy: 'TerminatingOrFailed',
      },
    });
  });

  runCases(JOB, [
    ['JOB-1 no selector', job(), []],
    [
      'JOB-1 own selector with labels of its own',
      job({ selector: SELECTOR, manualSelector: true, template: template({ restartPolicy: 'Never' }) }),
      [],
    ],
    [
      'JOB-2 name of the last Pod',
      job(indexed, { name: 'a'.repeat(62) }),
      [
        `metadata.name: Invalid value: "${'a'.repeat(62)}": will not able to create pod with invalid DNS label: ${'a'.repeat(62)}-9`,
      ],
    ],
    ['JOB-2 a name that just fits', job(indexed, { name: 'a'.repeat(61) }), []],
    [
      'JOB-2 no number of completions',
      job({ completionMode: 'Indexed', parallelism: 1 }),
      ['spec.completions: Required value: when completion mode is Indexed'],
    ],
    [
      'restarts',
      job({ template: template({}, {}) }),
      ['spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"'],
    ],
    [
      'numbers',
      job({ parallelism: -1, backoffLimit: -1 }),
      [
        'spec.parallelism: Invalid value: -1: must be greater than or equal to 0',
        'spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0',
      ],
    ],
  ]);

  test('JOB-1 selector of labels that are not the Job’s', () => {
    expect(create(JOB, job({ selector: SELECTOR }))).toEqual([
      expect.stringMatching(/^spec\.selector: Invalid value: .*"app":"a".*: `selector` not auto-generated$/),
      expect.stringMatching(/^spec\.template\.metadata\.labels: .*: `selector` does not match template `labels`$/),
    ]);
  });

  /** The errors of a stored Job, with its generated fields, after a change of its spec and of its Pods'. */
  function changed(from: Body, spec: object, podSpec: object = {}): readonly string[] {
    const old = stored(JOB, from) as { readonly spec: { readonly template: { readonly spec: object } } };
    const pods = { ...old.spec.template, spec: { ...old.spec.template.spec, ...podSpec } };
    return update(JOB, from, { ...old, spec: { ...old.spec, template: pods, ...spec } });
  }

  test('how many run may change, and the template may not', () => {
    const immutable = /^spec\.template: Invalid value: .*: field is immutable$/;
    expect(changed(job(), { parallelism: 3, suspend: true })).toEqual([]);
    expect(changed(job(), {}, { hostNetwork: true })).toEqual([expect.stringMatching(immutable)]);
    expect(changed(job(), { completions: 2 })).toEqual(['spec.completions: Invalid value: 2: field is immutable']);
  });

  test('nodes may change while it has not started', () => {
    expect(changed(job({ suspend: true }), {}, { nodeSelector: { a: 'b' } })).toEqual([]);
    expect(changed(job(), {}, { nodeSelector: { a: 'b' } })).toHaveLength(1);
  });
});

describe('CronJob', () => {
  runCases(CRON_JOB, [
    ['JOB-3 a name of 52 characters', cronJob({}, { name: 'a'.repeat(52) }), []],
    [
      'JOB-3 a name of 53 characters',
      cronJob({}, { name: 'a'.repeat(53) }),
      [`metadata.name: Invalid value: "${'a'.repeat(53)}": must be no more than 52 characters`],
    ],
    ['no schedule', cronJob({ schedule: undefined }), ['spec.schedule: Required value']],
    [
      'policy',
      cronJob({ concurrencyPolicy: 'x' }),
      ['spec.concurrencyPolicy: Unsupported value: "x": supported values: "Allow", "Forbid", "Replace"'],
    ],
    [
      'time zone',
      cronJob({ timeZone: 'Local' }),
      [
        'spec.timeZone: Invalid value: "Local": timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones',
      ],
    ],
    [
      'time zone that is unknown',
      cronJob({ timeZone: 'Europe/Nowhere' }),
      ['spec.timeZone: Invalid value: "Europe/Nowhere": unknown time zone Europe/Nowhere'],
    ],
    ...[
      'Europe/Berlin',
      'America/Argentina/ComodRivadavia',
      'America/Port-au-Prince',
      'Etc/GMT+5',
      'EST5EDT',
      'Factory',
      'UTC',
      'Zulu',
    ].map((timeZone) => [`time zone ${timeZone}`, cronJob({ timeZone }), []] as const),
    // What the runtime of an editor takes, and Go does not.
    ...['europe/berlin', 'Europe/BERLIN', 'utc', 'Europe', 'EST5', 'GMT+5', 'Asia/Hanoi'].map(
      (timeZone) =>
        [
          `no time zone ${timeZone}`,
          cronJob({ timeZone }),
          [`spec.timeZone: Invalid value: "${timeZone}": unknown time zone ${timeZone}`],
        ] as const,
    ),
    [
      'restarts',
      cronJob({ jobTemplate: { spec: { template: template({}, {}) } } }),
      ['spec.jobTemplate.spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"'],
    ],
  ]);

  test.each([
    ['@daily', undefined],
    ['*/15 0-6 1,15 jan-mar mon', undefined],
    ['* * * *', 'expected exactly 5 fields, found 4: [* * * *]'],
    ['60 * * * *', 'end of range (60) above maximum (59): 60'],
    ['5-1 * * * *', 'beginning of range (5) beyond end of range (1): 5-1'],
    ['*/0 * * * *', 'step of range should be a positive number: */0'],
    ['1-2-3 * * * *', 'too many hyphens: 1-2-3'],
    ['1/2/3 * * * *', 'too many slashes: 1/2/3'],
    ['a * * * *', 'failed to parse int from a: strconv.Atoi: parsing "a": invalid syntax'],
    ['@often', 'unrecognized descriptor: @often'],
    ['@every x', 'failed to parse duration @every x: time: invalid duration "x"'],
  ])('schedule %j', (schedule, problem) => {
    const errors =
      problem === undefined ? [] : [`spec.schedule: Invalid value: ${JSON.stringify(schedule)}: ${problem}`];
    expect(create(CRON_JOB, cronJob({ schedule }))).toEqual(errors);
  });

  test('a time zone in the schedule', () => {
    expect(create(CRON_JOB, cronJob({ schedule: 'TZ=UTC 0 * * * *' }))).toEqual([
      'spec.schedule: Invalid value: "TZ=UTC 0 * * * *": cannot use TZ or CRON_TZ in schedule, use timeZone field instead',
    ]);
  });

  test('defaults', () => {
    expect(stored(CRON_JOB, cronJob())).toMatchObject({
      spec: { concurrencyPolicy: 'Allow', suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 },
    });
  });
});
