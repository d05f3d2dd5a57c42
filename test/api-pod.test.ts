import { describe, expect, test } from 'vitest';
import { POD } from '../server/src/core/api/kinds/pod/index.ts';
import { DAEMON_SET, DEPLOYMENT } from '../server/src/core/api/kinds/workloads/index.ts';
import { type Body, create, NOW, objectOf, runCases, update, warnings } from './support/kind-rules.ts';

const CONTAINER = 'spec.containers[0]';
const PORT = `${CONTAINER}.ports[0]`;
const RANGE = 'must be between 1 and 65535, inclusive';
const WINDOWS = 'Forbidden: cannot be set for a windows pod';

const APP = { name: 'c', image: 'nginx', terminationMessagePolicy: 'File' };

/** A Pod with one container, and with more fields of its spec. */
function pod(spec: object = {}): Body {
  return { spec: { containers: [APP], ...spec } };
}

function withContainer(fields: object): Body {
  return pod({ containers: [{ ...APP, ...fields }] });
}

function withPorts(...ports: readonly object[]): Body {
  return withContainer({ ports });
}

function withProbe(probe: object): Body {
  return withContainer({ livenessProbe: probe });
}

function withDns(dnsConfig: object): Body {
  return pod({ dnsConfig });
}

function withEnv(...env: readonly object[]): Body {
  return withContainer({ env });
}

function stored(body: Body): object {
  return POD.default(objectOf(POD, body), NOW);
}

describe('Pod defaults', () => {
  test('POD-DEF-1 the protocol is TCP, in containers of all kinds', () => {
    const ports = [{ containerPort: 80 }];
    const body = pod({
      containers: [{ ...APP, ports }],
      initContainers: [{ ...APP, ports }],
      ephemeralContainers: [{ ...APP, ports }],
    });
    const container = { ports: [{ containerPort: 80, protocol: 'TCP' }] };
    expect(stored(body)).toMatchObject({
      spec: { containers: [container], initContainers: [container], ephemeralContainers: [container] },
    });
  });

  test('POD-DEF-2, POD-DEF-3, POD-DEF-4 policies, and links to Services', () => {
    expect(stored(pod())).toMatchObject({
      spec: { dnsPolicy: 'ClusterFirst', restartPolicy: 'Always', enableServiceLinks: true },
      status: { phase: 'Pending', qosClass: 'BestEffort' },
    });
  });

  test('POD-DEF-4, POD-DEF-5 templates get no links and no host ports', () => {
    const template = pod({ hostNetwork: true, containers: [{ ...APP, ports: [{ containerPort: 80 }] }] });
    const { spec } = DEPLOYMENT.default(objectOf(DEPLOYMENT, { spec: { template } }), NOW) as unknown as Body;
    expect(JSON.stringify(spec)).not.toMatch('enableServiceLinks');
    expect(JSON.stringify(spec)).not.toMatch('hostPort');
  });

  test('POD-DEF-5 ports in the host network are ports of the host', () => {
    expect(stored({ spec: { hostNetwork: true, containers: [{ ports: [{ containerPort: 80 }] }] } })).toMatchObject({
      spec: { containers: [{ ports: [{ containerPort: 80, hostPort: 80 }] }] },
    });
  });

  test('the policy of pulling depends on the tag', () => {
    const policyOf = (image: string) => stored(withContainer({ image }));
    const expected = (imagePullPolicy: string) => ({ spec: { containers: [{ imagePullPolicy }] } });
    expect(policyOf('nginx')).toMatchObject(expected('Always'));
    expect(policyOf('nginx:latest')).toMatchObject(expected('Always'));
    expect(policyOf('localhost:5000/nginx:1.27')).toMatchObject(expected('IfNotPresent'));
  });

  test('probes', () => {
    expect(stored(withProbe({ httpGet: { port: 80 } }))).toMatchObject({
      spec: {
        containers: [
          {
            livenessProbe: {
              httpGet: { path: '/', port: 80, scheme: 'HTTP' },
              timeoutSeconds: 1,
              periodSeconds: 10,
              successThreshold: 1,
              failureThreshold: 3,
            },
          },
        ],
      },
    });
  });

  test('requests are the limits that have none', () => {
    const resources = { limits: { cpu: '0.5', memory: '1Gi' }, requests: { cpu: '100m' } };
    expect(stored(withContainer({ resources }))).toMatchObject({
      spec: {
        containers: [
          { resources: { limits: { cpu: '500m', memory: '1Gi' }, requests: { cpu: '100m', memory: '1Gi' } } },
        ],
      },
      status: { qosClass: 'Burstable' },
    });
  });

  test('an amount beyond all numbers is taken as it is written', () => {
    const resources = { limits: { cpu: '1e999999999', memory: '1e-999999999' } };
    expect(stored(withContainer({ resources }))).toMatchObject({
      spec: { containers: [{ resources: { limits: { cpu: '1e999999999' } } }] },
    });
  });

  test('tolerations that admission adds, unless there are such already', () => {
    const own = { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' };
    const added = { ...own, tolerationSeconds: 300 };
    const unreachable = { ...added, key: 'node.kubernetes.io/unreachable' };
    expect(stored(pod())).toMatchObject({ spec: { tolerations: [added, unreachable] } });
    expect(stored(pod({ tolerations: [own] }))).toMatchObject({ spec: { tolerations: [own, unreachable] } });
  });
});

describe('Pod ports', () => {
  const taken = { containerPort: 80, hostPort: 8080 };

  runCases(POD, [
    [
      'PORT-1 one error for each rule of names',
      withPorts({ name: 'A-2-tooloooooong', containerPort: 80 }),
      [
        `${PORT}.name: Invalid value: "A-2-tooloooooong": must be no more than 15 characters`,
        `${PORT}.name: Invalid value: "A-2-tooloooooong": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)`,
      ],
    ],
    [
      'PORT-2 name of another port of the container',
      withPorts({ name: 'a', containerPort: 80 }, { name: 'a', containerPort: 81, protocol: 'UDP' }),
      [`${CONTAINER}.ports[1].name: Duplicate value: "a"`],
    ],
    ['PORT-3 no number', withPorts({ name: 'a' }), [`${PORT}.containerPort: Required value`]],
    ['PORT-4 number', withPorts({ containerPort: 65536 }), [`${PORT}.containerPort: Invalid value: 65536: ${RANGE}`]],
    [
      'PORT-5 host port',
      withPorts({ containerPort: 80, hostPort: -1 }),
      [`${PORT}.hostPort: Invalid value: -1: ${RANGE}`],
    ],
    [
      'PORT-6 protocol',
      withPorts({ containerPort: 80, protocol: 'tcp' }),
      [`${PORT}.protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"`],
    ],
    ['PORT-7 the host IP is not checked', withPorts({ containerPort: 80, hostPort: 80, hostIP: 'x' }), []],
    [
      'PORT-8 host port twice',
      pod({
        containers: [
          { ...APP, ports: [taken] },
          { ...APP, name: 'd', ports: [{ ...taken, containerPort: 81 }] },
        ],
      }),
      ['spec.containers[1].ports[0].hostPort: Duplicate value: "TCP//8080"'],
    ],
    [
      'PORT-9 init containers are looked at alone, as if each were the first',
      pod({
        initContainers: [
          { ...APP, name: 'a', ports: [taken] },
          { ...APP, name: 'b', ports: [taken, taken] },
        ],
      }),
      ['spec.initContainers[0].ports[1].hostPort: Duplicate value: "TCP//8080"'],
    ],
    ['PORT-10 any IP, written in two ways', withPorts(taken, { ...taken, hostIP: '0.0.0.0' }), []],
    [
      'PORT-11 another port in the host network',
      pod({ hostNetwork: true, containers: [{ ...APP, ports: [taken] }] }),
      [`${PORT}.hostPort: Invalid value: 8080: must match \`containerPort\` when \`hostNetwork\` is true`],
    ],
    [
      'PORT-12, PORT-14 one number for two ports',
      withPorts({ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' }),
      [],
    ],
  ]);

  test('PORT-11 a port of a template stays 0 in the host network', () => {
    const template = {
      metadata: { labels: { a: 'b' } },
      ...pod({ hostNetwork: true, containers: [{ ...APP, ports: [{ containerPort: 80 }] }] }),
    };
    expect(create(DAEMON_SET, { spec: { selector: { matchLabels: { a: 'b' } }, template } })).toEqual([]);
  });

  test('PORT-15 containers for debugging have no ports', () => {
    const ephemeralContainers = [{ ...APP, name: 'debug', ports: [{ containerPort: 80 }] }];
    expect(create(POD, pod({ ephemeralContainers }))).toEqual([
      'spec.ephemeralContainers[0].ports: Forbidden: cannot be set for an Ephemeral Container',
      'spec.ephemeralContainers: Forbidden: cannot be set on create',
    ]);
  });

  test.each([
    [
      'an IP without a port',
      [{ containerPort: 80, hostIP: '10.0.0.1' }],
      [`${PORT}: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:80 Protocol:TCP HostIP:10.0.0.1}`],
    ],
    [
      'the same twice',
      [{ containerPort: 80 }, { containerPort: 80 }],
      [`${CONTAINER}.ports[1]: duplicate port definition with ${PORT}`],
    ],
    [
      'once with a host port',
      [taken, { containerPort: 80 }],
      [`${CONTAINER}.ports[1]: overlapping port definition with ${PORT}`],
    ],
    [
      'once with an IP',
      [taken, { ...taken, hostIP: '10.0.0.1' }],
      [`${CONTAINER}.ports[1]: dangerously ambiguous port definition with ${PORT}`],
    ],
  ])('PORT-12 warning: %s', (_name, ports, expected) => {
    expect(warnings(POD, withPorts(...ports))).toEqual(expected);
  });

  test('PORT-12 warning: a name in two containers', () => {
    const containers = ['a', 'b'].map((name, index) => ({
      ...APP,
      name,
      ports: [{ name: 'http', containerPort: 80 + index }],
    }));
    expect(warnings(POD, pod({ containers }))).toEqual([
      'spec.containers[1].ports[0]: duplicate port name "http" with spec.containers[0].ports[0], services and probes that select ports by name will use spec.containers[0].ports[0]',
    ]);
  });
});

describe('Pod names in the network', () => {
  const overridden = { hostnameOverride: 'a.b' };

  runCases(POD, [
    ['POD-1 name', { ...pod(), metadata: { name: 'A' } }, ['metadata.name: Invalid value: "A": SUBDOMAIN']],
    [
      'POD-2 IP of an alias',
      pod({ hostAliases: [{ ip: '010.0.0.1', hostnames: ['a'] }] }),
      ['spec.hostAliases[0].ip: Invalid value: "010.0.0.1": must not have leading 0s'],
    ],
    [
      'POD-3 names of an alias',
      pod({ hostAliases: [{ ip: '10.0.0.1', hostnames: ['a', 'a_b'] }] }),
      ['spec.hostAliases[0].hostnames[1]: Invalid value: "a_b": SUBDOMAIN'],
    ],
    ['POD-4 an alias without names', pod({ hostAliases: [{ ip: '10.0.0.1' }] }), []],
    [
      'POD-5 users of the host, and its network',
      pod({ hostUsers: false, hostNetwork: true }),
      ['spec.hostNetwork: Forbidden: when `hostUsers` is false'],
    ],
    ['POD-7 the host network with the DNS of the cluster', pod({ hostNetwork: true, dnsPolicy: 'ClusterFirst' }), []],
    [
      'POD-12 readiness gate',
      pod({ readinessGates: [{ conditionType: 'a b' }] }),
      ['spec.readinessGates[0].conditionType: Invalid value: "a b": KEY'],
    ],
    ['HN-1 hostname', pod({ hostname: 'a.b' }), ['spec.hostname: Invalid value: "a.b": must not contain dots']],
    ['HN-2 subdomain', pod({ subdomain: 'A' }), ['spec.subdomain: Invalid value: "A": LABEL']],
    [
      'HN-3 override, and a qualified hostname',
      pod({ ...overridden, setHostnameAsFQDN: true }),
      ['spec.hostnameOverride: Forbidden: may not be specified when setHostnameAsFQDN is true'],
    ],
    [
      'HN-4 override in the host network',
      pod({ ...overridden, hostNetwork: true }),
      ['spec.hostnameOverride: Forbidden: may not be specified when hostNetwork is true'],
    ],
    [
      'HN-5 override of 65 bytes',
      pod({ hostnameOverride: `${'a'.repeat(32)}.${'b'.repeat(32)}` }),
      ['spec.hostnameOverride: Too long: may not be more than 64 bytes'],
    ],
    ['HN-6 empty override', pod({ hostnameOverride: '' }), ['spec.hostnameOverride: Invalid value: "": SUBDOMAIN']],
    ['HN-7 a qualified hostname without subdomain', pod({ setHostnameAsFQDN: true }), []],
    ['HN-8 a name too long for a hostname', { ...pod(), metadata: { name: 'a'.repeat(64) } }, []],
  ]);

  test('POD-1 warning: a name that is no label', () => {
    expect(warnings(POD, { ...pod(), metadata: { name: 'a.b' } })).toEqual([
      "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]",
    ]);
  });

  test('POD-2 warning: IP', () => {
    const alias = { ip: 'FD00::1', hostnames: ['a'] };
    expect(warnings(POD, pod({ hostAliases: [alias, alias] }))).toEqual([
      'spec.hostAliases[1].ip: duplicate ip "FD00::1"',
      'spec.hostAliases[0].ip: IPv6 address "FD00::1" should be in RFC 5952 canonical format ("fd00::1")',
      'spec.hostAliases[1].ip: IPv6 address "FD00::1" should be in RFC 5952 canonical format ("fd00::1")',
    ]);
  });
});

describe('Pod DNS', () => {
  const SEARCHES = 'spec.dnsConfig.searches';

  runCases(POD, [
    ['DNS-V1 a policy that was not filled in', pod({ dnsPolicy: '' }), ['spec.dnsPolicy: Required value']],
    [
      'DNS-V2 policy',
      pod({ dnsPolicy: 'x' }),
      [
        'spec.dnsPolicy: Unsupported value: "x": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"',
      ],
    ],
    [
      'DNS-V3 None without configuration',
      pod({ dnsPolicy: 'None' }),
      ['spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None'],
    ],
    [
      'DNS-V4 None without servers',
      pod({ dnsPolicy: 'None', dnsConfig: { searches: ['-'] } }),
      ['spec.dnsConfig.nameservers: Required value: must provide at least one DNS nameserver when `dnsPolicy` is None'],
    ],
    [
      'DNS-V5 four servers',
      withDns({ nameservers: ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'] }),
      [
        'spec.dnsConfig.nameservers: Invalid value: ["10.0.0.1","10.0.0.2","10.0.0.3","10.0.0.4"]: must not have more than 3 nameservers',
      ],
    ],
    [
      'DNS-V6 server',
      withDns({ nameservers: ['10.0.0.1', 'dns.example.com'] }),
      ['spec.dnsConfig.nameservers[1]: Invalid value: "dns.example.com": must be a valid IP address'],
    ],
    ['DNS-V9 names that are fine', withDns({ searches: ['a_b.c', 'a.', '.'] }), []],
    [
      'DNS-V9 names',
      withDns({ searches: ['A', ''] }),
      [`${SEARCHES}[0]: Invalid value: "A": SUBDOMAIN`, `${SEARCHES}[1]: Invalid value: "": SUBDOMAIN`],
    ],
    [
      'DNS-V10 option',
      withDns({ options: [{ value: 'a' }] }),
      ['spec.dnsConfig.options[0]: Required value: must not be empty'],
    ],
    ['DNS-V11 values of options are not checked', withDns({ options: [{ name: 'ndots', value: 'abc' }] }), []],
    ['DNS-V12 everything twice', withDns({ nameservers: ['10.0.0.1', '10.0.0.1'], searches: ['a', 'a'] }), []],
  ]);

  test('DNS-V7, DNS-V8 number and length of names', () => {
    expect(create(POD, withDns({ searches: Array(33).fill('a') }))).toEqual([
      expect.stringMatching(/^spec\.dnsConfig\.searches: Invalid value: .*: must not have more than 32 search paths$/),
    ]);
    expect(create(POD, withDns({ searches: Array(9).fill(`${'a.'.repeat(125)}a`) }))).toEqual([
      expect.stringMatching(/: must not have more than 2048 characters \(including spaces\) in the search list$/),
    ]);
  });

  test('DNS-W1 server', () => {
    expect(warnings(POD, withDns({ nameservers: ['::ffff:10.0.0.1'] }))).toHaveLength(1);
  });
});

describe('Pods for Windows', () => {
  const windows = (spec: object) => pod({ os: { name: 'windows' }, ...spec });
  const hostProcess = { windowsOptions: { hostProcess: true } };

  runCases(POD, [
    ['WIN-1 no name', pod({ os: {} }), ['spec.os.name: Required value']],
    [
      'WIN-2 name, which is reported of the field around it',
      pod({ os: { name: 'mac' } }),
      ['spec.os: Unsupported value: "mac": supported values: "linux", "windows"'],
    ],
    [
      'WIN-3 namespaces of the host',
      windows({ hostPID: true, hostIPC: true }),
      [`spec.hostPID: ${WINDOWS}`, `spec.hostIPC: ${WINDOWS}`],
    ],
    [
      'WIN-4 namespaces that are set at all',
      windows({ hostUsers: true, shareProcessNamespace: false }),
      [`spec.hostUsers: ${WINDOWS}`, `spec.shareProcessNamespace: ${WINDOWS}`],
    ],
    ['WIN-5 Pod', windows({ securityContext: { runAsUser: 1 } }), [`spec.securityContext.runAsUser: ${WINDOWS}`]],
    [
      'WIN-6 container',
      windows({ containers: [{ ...APP, securityContext: { privileged: false } }] }),
      [`${CONTAINER}.securityContext.privileged: ${WINDOWS}`],
    ],
    [
      'WIN-7 options of Windows',
      pod({ os: { name: 'linux' }, securityContext: { windowsOptions: { runAsUserName: 'a' } } }),
      ['spec.securityContext.windowsOptions: Forbidden: windows options cannot be set for a linux pod'],
    ],
    [
      'WIN-8 processes of the host in a network of their own',
      pod({ securityContext: hostProcess }),
      ['spec.hostNetwork: Invalid value: false: hostNetwork must be true if pod contains any hostProcess containers'],
    ],
    [
      'WIN-9 some containers',
      pod({
        hostNetwork: true,
        containers: [
          { ...APP, securityContext: hostProcess },
          { ...APP, name: 'd' },
        ],
      }),
      [
        'spec: Invalid value: "": If pod contains any hostProcess containers then all containers must be HostProcess containers',
      ],
    ],
    [
      'WIN-10 the Pod says otherwise',
      pod({
        hostNetwork: true,
        securityContext: hostProcess,
        containers: [{ ...APP, securityContext: { windowsOptions: { hostProcess: false } } }],
      }),
      [
        `${CONTAINER}.securityContext.windowsOptions.hostProcess: Invalid value: false: pod hostProcess value must be identical if both are specified, was true`,
      ],
    ],
  ]);
});

describe('Pod containers', () => {
  const probe = `${CONTAINER}.livenessProbe`;

  runCases(POD, [
    ['no containers', { spec: {} }, ['spec.containers: Required value']],
    [
      'no name and no image',
      { spec: { containers: [{ terminationMessagePolicy: 'File' }] } },
      [`${CONTAINER}.name: Required value`, `${CONTAINER}.image: Required value`],
    ],
    ['name', withContainer({ name: 'a_b' }), [`${CONTAINER}.name: Invalid value: "a_b": LABEL`]],
    ['name twice', pod({ containers: [APP, APP] }), ['spec.containers[1].name: Duplicate value: "c"']],
    [
      'name of an init container twice',
      pod({ initContainers: [APP] }),
      ['spec.initContainers[0].name: Duplicate value: "c"'],
    ],
    [
      'padded image',
      withContainer({ image: ' nginx' }),
      [`${CONTAINER}.image: Invalid value: " nginx": must not have leading or trailing whitespace`],
    ],
    [
      'policy of pulling',
      withContainer({ imagePullPolicy: 'x' }),
      [`${CONTAINER}.imagePullPolicy: Unsupported value: "x": supported values: "Always", "IfNotPresent", "Never"`],
    ],
    [
      'POD-13 port of a probe',
      withProbe({ httpGet: { port: 'A_b' } }),
      [
        `${probe}.httpGet.port: Invalid value: "A_b": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)`,
      ],
    ],
    ['POD-14 host of a probe', withProbe({ httpGet: { port: 80, host: 'A b' } }), []],
    [
      'probe without handler',
      withProbe({ periodSeconds: 5 }),
      [`${probe}: Required value: must specify a handler type`],
    ],
    [
      'probe with two handlers',
      withProbe({ exec: { command: ['a'] }, tcpSocket: { port: 80 } }),
      [`${probe}.tcpSocket: Forbidden: may not specify more than 1 handler type`],
    ],
    [
      'numbers of a probe',
      withProbe({ tcpSocket: { port: 0 }, periodSeconds: -1, successThreshold: 2 }),
      [
        `${probe}.tcpSocket.port: Invalid value: 0: ${RANGE}`,
        `${probe}.periodSeconds: Invalid value: -1: must be greater than or equal to 0`,
        `${probe}.successThreshold: Invalid value: 2: must be 1`,
      ],
    ],
    [
      'probe of an init container',
      pod({ initContainers: [{ ...APP, name: 'i', livenessProbe: { tcpSocket: { port: 80 } } }] }),
      [
        'spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
      ],
    ],
    [
      'probe of a sidecar',
      pod({
        initContainers: [{ ...APP, name: 'i', restartPolicy: 'Always', livenessProbe: { tcpSocket: { port: 80 } } }],
      }),
      [],
    ],
    [
      'lifecycle',
      withContainer({ lifecycle: { preStop: { httpGet: { port: 65536 } } } }),
      [`${CONTAINER}.lifecycle.preStop.httpGet.port: Invalid value: 65536: ${RANGE}`],
    ],
    ['variable without name', withEnv({ value: 'a' }), [`${CONTAINER}.env[0].name: Required value`]],
    [
      'variable with a value and a source',
      withEnv({ name: 'A', value: 'a', valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'status.podIP' } } }),
      [`${CONTAINER}.env[0].valueFrom: Invalid value: "": may not be specified when \`value\` is not empty`],
    ],
    [
      'field',
      withEnv({ name: 'A', valueFrom: { fieldRef: { fieldPath: 'status.phase' } } }),
      [
        `${CONTAINER}.env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "status.phase": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"`,
      ],
    ],
    [
      'more requested than allowed',
      withContainer({ resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }),
      [`${CONTAINER}.resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1`],
    ],
    [
      'container that is looked at for another',
      pod({ ephemeralContainers: [{ ...APP, name: 'e', targetContainerName: 'x' }] }),
      [
        'spec.ephemeralContainers[0].targetContainerName: Not found: "x"',
        'spec.ephemeralContainers: Forbidden: cannot be set on create',
      ],
    ],
  ]);

  test('warning: a variable that hides another one', () => {
    expect(warnings(POD, withEnv({ name: 'A', value: 'a' }, { name: 'A', value: 'b' }))).toEqual([
      `${CONTAINER}.env[1]: hides previous definition of "A", which may be dropped when using apply`,
    ]);
  });
});

describe('Pod volumes and nodes', () => {
  runCases(POD, [
    [
      'volume of two types',
      pod({ volumes: [{ name: 'v', emptyDir: {}, hostPath: { path: '/a' } }] }),
      ['spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type'],
    ],
    [
      'name of a volume',
      pod({ volumes: [{ name: 'A', emptyDir: {} }] }),
      ['spec.volumes[0].name: Invalid value: "A": LABEL'],
    ],
    [
      'mount of an unknown volume',
      withContainer({ volumeMounts: [{ name: 'v', mountPath: '/a' }] }),
      [`${CONTAINER}.volumeMounts[0].name: Not found: "v"`],
    ],
    [
      'two mounts at one place',
      pod({
        volumes: [{ name: 'v', emptyDir: {} }],
        containers: [
          {
            ...APP,
            volumeMounts: [
              { name: 'v', mountPath: '/a' },
              { name: 'v', mountPath: '/a' },
            ],
          },
        ],
      }),
      [`${CONTAINER}.volumeMounts[1].mountPath: Invalid value: "/a": must be unique`],
    ],
    ['node selector', pod({ nodeSelector: { a: '-' } }), ['spec.nodeSelector: Invalid value: "-": LABEL VALUE']],
    [
      'toleration of everything with a value',
      pod({ tolerations: [{ key: 'a', operator: 'Exists', value: 'b' }] }),
      ['spec.tolerations[0].operator: Invalid value: "b": value must be empty when `operator` is \'Exists\''],
    ],
    [
      'spread',
      pod({ topologySpreadConstraints: [{ maxSkew: 0, topologyKey: 'a', whenUnsatisfiable: 'ScheduleAnyway' }] }),
      ['spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero'],
    ],
    [
      'node and gates',
      pod({ nodeName: 'n', schedulingGates: [{ name: 'a' }] }),
      ['spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared'],
    ],
    [
      'mirror without node',
      { ...pod(), metadata: { annotations: { 'kubernetes.io/config.mirror': 'a' } } },
      [
        'metadata.annotations[kubernetes.io/config.mirror]: Invalid value: "a": must set spec.nodeName if mirror pod annotation is set',
      ],
    ],
    [
      'deadline, and a negative time to end, which becomes 1',
      pod({ terminationGracePeriodSeconds: -2, activeDeadlineSeconds: 0 }),
      ['spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive'],
    ],
  ]);
});

describe('Pod updates', () => {
  const FIXED =
    'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';
  const gated = (spec: object = {}) => pod({ schedulingGates: [{ name: 'a' }, { name: 'b' }], ...spec });

  test.each<[string, Body, Body, readonly string[]]>([
    ['POD-6 host network', pod(), pod({ hostNetwork: true }), [FIXED]],
    ['POD-6 ports', pod(), withPorts({ containerPort: 80 }), [FIXED]],
    ['POD-6 image', pod(), withContainer({ image: 'nginx:1.27', imagePullPolicy: 'Always' }), []],
    [
      'POD-6 containers',
      pod(),
      pod({ containers: [APP, { ...APP, name: 'd' }] }),
      ['spec.containers: Forbidden: pod updates may not add or remove containers'],
    ],
    ['POD-6 another toleration', pod(), pod({ tolerations: [{ key: 'a', operator: 'Exists' }] }), []],
    [
      'POD-6 no deadline',
      pod({ activeDeadlineSeconds: 5 }),
      pod(),
      ['spec.activeDeadlineSeconds: Invalid value: null: must not update from a positive integer to nil value'],
    ],
    [
      'POD-6 a later deadline',
      pod({ activeDeadlineSeconds: 5 }),
      pod({ activeDeadlineSeconds: 6 }),
      ['spec.activeDeadlineSeconds: Invalid value: 6: must be less than or equal to previous value'],
    ],
    ['gates go', gated(), pod({ schedulingGates: [{ name: 'b' }] }), []],
    [
      'gates do not come',
      gated(),
      pod({ schedulingGates: [{ name: 'c' }] }),
      ["spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'c'"],
    ],
    ['nodes become fewer while there are gates', gated(), gated({ nodeSelector: { a: 'b' } }), []],
    [
      'nodes do not become other ones',
      gated({ nodeSelector: { b: 'c', a: 'b' } }),
      gated({ nodeSelector: { b: 'd', a: 'b' } }),
      [
        'spec.nodeSelector: Invalid value: {"a":"b","b":"d"}: only additions to spec.nodeSelector are allowed (no mutations or deletions)',
      ],
    ],
    [
      'a Pod does not become a mirror',
      pod(),
      { ...pod(), metadata: { annotations: { 'kubernetes.io/config.mirror': 'a' } } },
      [
        'metadata.annotations[kubernetes.io/config.mirror]: Invalid value: "a": must set spec.nodeName if mirror pod annotation is set',
        'metadata.annotations[kubernetes.io/config.mirror]: Forbidden: may not add mirror pod annotation',
        'metadata.annotations[kubernetes.io/config.mirror]: Invalid value: "a": must set spec.nodeName if mirror pod annotation is set',
      ],
    ],
  ])('%s', (_name, from, to, errors) => {
    expect(update(POD, from, to)).toEqual(errors);
  });
});
