/** What a field does, in one sentence, or one sentence per value; `*` stands for any other value. */
export type FieldWords = string | Readonly<Record<string, string>>;

type StructWords = Readonly<Record<string, FieldWords>>;

const APP_PROTOCOL =
  'Says what is spoken on the port, to load balancers, gateways and meshes; kube-proxy does not care.';
const TARGET_REF = 'The object behind the address, mostly a Pod.';

const SERVICE: Readonly<Record<string, StructWords>> = {
  ServiceSpec: {
    type: {
      ClusterIP: 'Reached at an address of its own, from inside the cluster only.',
      NodePort: 'Reached at an address inside the cluster, and from outside at the same port of every node.',
      LoadBalancer: 'As NodePort, and a load balancer in front, which the cloud or a controller in the cluster makes.',
      ExternalName: 'No address and no endpoints: DNS answers with another name.',
    },
    ports: 'What clients connect to, and the port of the Pods behind it.',
    clusterIP: {
      None: 'Headless: DNS answers with the addresses of the Pods, and clients connect to them directly.',
      '*': 'The address that clients inside the cluster connect to; it stays as long as the Service does.',
    },
    clusterIPs: 'Its addresses, at most one per IP family; the first is also clusterIP.',
    externalIPs: 'Addresses that somebody else routes to the nodes; what arrives for them goes to the Service.',
    sessionAffinity: {
      None: 'Every new connection may go to another endpoint.',
      ClientIP: 'A client address stays with its endpoint, separately on each node and port.',
    },
    sessionAffinityConfig: 'How long a client stays with its endpoint.',
    loadBalancerIP: 'The address that some load balancers are asked for; many ignore it.',
    loadBalancerSourceRanges:
      'Client addresses that the load balancer takes; node ports and the cluster address stay open to all.',
    externalName: 'The name that DNS answers with; an IP address here resolves to nothing.',
    externalTrafficPolicy: {
      Cluster: 'From outside every endpoint may be used, and sees the address of a node as its client.',
      Local:
        'From outside only endpoints on the node that was reached are used, and see the real client; a node without any drops the connection.',
    },
    internalTrafficPolicy: {
      Cluster: 'From inside the cluster every endpoint may be used.',
      Local:
        'From inside only endpoints on the node of the client are used; where there is none, connections are dropped.',
    },
    healthCheckNodePort: 'Load balancers ask this port of a node whether it has a ready endpoint.',
    publishNotReadyAddresses: {
      true: 'Pods that are not ready count as if they were: DNS answers with them, and connections go to them.',
      false: 'DNS answers and connections lead to ready Pods.',
    },
    ipFamilies: 'The IP families of its addresses, the main one first.',
    ipFamilyPolicy: {
      SingleStack: 'One IP family, so one address.',
      PreferDualStack: 'Both IP families where the cluster has both, else one.',
      RequireDualStack:
        'Both IP families; a cluster that has one takes this only for headless Services without a selector.',
    },
    allocateLoadBalancerNodePorts: {
      true: 'Every port is also opened on the nodes, where most load balancers send to.',
      false: 'No port is opened on the nodes, so the load balancer must reach the Pods itself.',
    },
    loadBalancerClass: 'The controller that is to make the load balancer; the cloud leaves the Service to it.',
    trafficDistribution: {
      PreferSameZone: 'Connections stay in the zone of the client as long as it has ready endpoints.',
      PreferClose:
        'The older word for PreferSameZone: connections stay in the zone of the client as long as it has ready endpoints.',
      PreferSameNode:
        'Connections stay on the node of the client, else in its zone, as long as there are ready endpoints.',
    },
  },
  SessionAffinityConfig: { clientIP: 'How long a client address stays with its endpoint.' },
  ClientIPConfig: { timeoutSeconds: 'So long after its last new connection a client may get another endpoint.' },
  ServicePort: {
    name: 'What Ingresses, EndpointSlices and SRV records call the port; the name of the container port is another matter.',
    protocol: 'The transport protocol; a container port that targetPort names must have the same.',
    appProtocol: APP_PROTOCOL,
    port: 'The port at the address of the Service.',
    targetPort: 'The port of the Pods; a name is looked up in each Pod by itself.',
    nodePort: 'The port that leads here on every node; no other Service can have it, whatever the protocol.',
  },
};

const INGRESS: Readonly<Record<string, StructWords>> = {
  IngressSpec: {
    ingressClassName: 'The IngressClass whose controller serves this Ingress.',
    rules: 'Which Service gets the requests for a host and path; the rules of all Ingresses of a class count together.',
    tls: 'Hosts that are served with TLS, and where their certificates are.',
  },
  IngressTLS: {
    hosts: 'Hosts of the certificate, written as the rules write them.',
    secretName: 'The Secret with certificate and key, in the namespace of the Ingress.',
  },
  IngressRule: { http: 'What becomes of the requests for the host.' },
  HTTPIngressRuleValue: {
    paths: 'Of the paths that match a request the longest counts, and of two equal ones the Exact one.',
  },
  IngressClassSpec: {
    controller: 'The name of the controller that serves Ingresses of this class; it cannot be changed later.',
    parameters: 'An object with settings for the controller.',
  },
  IngressClassParametersReference: {
    apiGroup: 'The API group of the object with the settings.',
    kind: 'The kind of the object with the settings.',
    name: 'The name of the object with the settings.',
    namespace: 'Where the object with the settings is, if it is in a namespace.',
    scope: {
      Cluster: 'The object with the settings is in no namespace.',
      Namespace: 'The object with the settings is in the namespace that `namespace` names.',
    },
  },
};

const NETWORK_POLICY: Readonly<Record<string, StructWords>> = {
  NetworkPolicySpec: { policyTypes: 'The directions in which the policy isolates the Pods that it selects.' },
  NetworkPolicyPort: { protocol: 'Only connections of this protocol are let through.' },
};

const ENDPOINTS: Readonly<Record<string, StructWords>> = {
  EndpointSlice: {
    addressType: {
      FQDN: 'Addresses are names, which kube-proxy leaves alone.',
      '*': 'The family of every address here, which cannot be changed; a Service without this family ignores the slice.',
    },
    endpoints: 'What is behind the Service; a slice holds at most 1000.',
    ports: 'The ports of every endpoint here; a port of the Service finds its own by name and protocol.',
  },
  Endpoint: {
    addresses: 'The address of the endpoint; kube-proxy uses the first, DNS all of them.',
    conditions: 'Whether connections may go to it; left out, they may.',
    hostname: 'Below a headless Service the endpoint has a DNS name of its own, which begins with this.',
    nodeName: 'The node that the endpoint is on; the traffic policies Local go by it.',
    zone: 'The zone that the endpoint is in; which clients use it is said by hints, not here.',
    hints: 'Zones and nodes whose clients are to use this endpoint.',
    targetRef: TARGET_REF,
  },
  EndpointConditions: {
    ready: {
      true: 'New connections may go to it.',
      false: 'No new connections go to it, unless it is terminating, still serves, and none is ready.',
    },
    serving: 'Whether it still answers; what counts for one that is terminating.',
    terminating: 'Whether it is shutting down; connections then go to it only where no endpoint is ready.',
  },
  EndpointHints: {
    forZones: 'Clients in these zones are to use it; without such hints at every ready endpoint they are ignored.',
    forNodes: 'Clients on these nodes are to use it; without such hints at every ready endpoint they are ignored.',
  },
  ForZone: { name: 'A zone, as the label topology.kubernetes.io/zone of the Nodes has it.' },
  ForNode: { name: 'The name of a Node.' },
  'discovery.EndpointPort': {
    name: 'The port of the Service that leads here has this name and the same protocol; empty if it has none.',
    protocol: 'The port of the Service that leads here has this protocol and the same name.',
    port: 'The port of the endpoints; left out or 0, kube-proxy ignores it.',
    appProtocol: APP_PROTOCOL,
  },
  Endpoints: { subsets: 'Addresses and ports that belong together: every address has every port.' },
  EndpointSubset: {
    addresses: 'Addresses that connections go to.',
    notReadyAddresses: 'Addresses that no connections go to.',
    ports: 'The ports of every address here; a port of the Service finds its own by name and protocol.',
  },
  EndpointAddress: {
    ip: 'The address; it may be outside of the cluster.',
    hostname: 'Below a headless Service the address has a DNS name of its own, which begins with this.',
    nodeName: 'The node that the address is on; the traffic policies Local go by it.',
    targetRef: TARGET_REF,
  },
  EndpointPort: {
    name: 'The port of the Service that leads here has this name; empty if it has none.',
    protocol: 'The port of the Service that leads here has this protocol.',
    port: 'The port of the addresses.',
    appProtocol: APP_PROTOCOL,
  },
};

const POD: Readonly<Record<string, StructWords>> = {
  PodSpec: {
    hostNetwork: {
      true: 'The Pod is on the network of its node: it has the address and ports of the node, and policies do not apply to it reliably.',
      false: 'The Pod has an address of its own.',
    },
    dnsPolicy: {
      ClusterFirst: 'The Pod asks the DNS of the cluster; with hostNetwork it asks that of the node.',
      ClusterFirstWithHostNet: 'The Pod asks the DNS of the cluster, with hostNetwork too.',
      Default: 'The Pod asks the DNS of its node, which does not know the names of Services.',
      None: 'The Pod asks what dnsConfig names and nothing else.',
    },
    dnsConfig: 'Is added to the name servers, search domains and options that dnsPolicy gives.',
    hostname: 'The host name of the Pod, in place of its own name; with subdomain it is part of a DNS name.',
    subdomain: 'With hostname it makes a DNS name for the Pod, if a Service of this name selects it.',
    hostnameOverride: 'The host name that containers see, whatever hostname says; DNS does not know it.',
    hostAliases: 'Names for addresses in /etc/hosts of the containers, where they come before DNS.',
    setHostnameAsFQDN: {
      true: 'Containers see the host name with its whole domain; if that is longer than 64 characters, the Pod does not start.',
      false: 'Containers see the host name without its domain.',
    },
    enableServiceLinks: {
      true: 'Containers get environment variables with the address of each Service in the namespace that is there before them.',
      false: 'Containers get environment variables of the Service kubernetes alone.',
    },
    readinessGates: 'What must hold, beside the probes, before the Pod is ready and so an endpoint.',
  },
  PodReadinessGate: { conditionType: 'A condition in the status of the Pod, which some controller sets.' },
  PodDNSConfig: {
    nameservers: 'Asked after those that dnsPolicy gives; of all of them the first three count.',
    searches: 'Tried behind a name after those that dnsPolicy gives; of all of them the first 32 count.',
    options: 'Options for resolv.conf; they replace those of the same name that dnsPolicy gives.',
  },
  PodDNSConfigOption: {
    name: 'The name of the option; ndots says below how many dots the search list comes first.',
    value: 'The value of the option, for those that have one.',
  },
  HostAlias: { ip: 'The address that the names stand for.', hostnames: 'The names that stand for the address.' },
  ContainerPort: {
    name: 'What Services, policies and probes may call the port.',
    containerPort: 'A port that the container listens on; undeclared ones are reachable too.',
    protocol: 'The transport protocol; Services and policies that name the port must have the same.',
    hostPort: 'The port of the node that leads to the container; two Pods that want it are kept on different nodes.',
    hostIP: 'The address of the node that hostPort is opened at; no address is checked or refused here.',
  },
  HTTPGetAction: {
    port: 'The port that the kubelet asks; a name is one of the ports of the same container.',
    host: 'The host that the kubelet asks, in place of the Pod.',
  },
  TCPSocketAction: {
    port: 'The port that the kubelet connects to; a name is one of the ports of the same container.',
    host: 'The host that the kubelet connects to, in place of the Pod.',
  },
  GRPCAction: { port: 'The port that the kubelet asks for its health.' },
  StatefulSetSpec: {
    serviceName:
      'The headless Service below which every Pod has a DNS name of its own; nobody makes it, or checks that it is there.',
  },
};

const SELECTOR = 'The labels of the Pods that belong to it, which its template must have.';
const TEMPLATE = 'The Pods that it makes.';

/** Fields that hovers explain from the objects at hand, told before there are any. */
const TOLD_BY_OTHERS: Readonly<Record<string, StructWords>> = {
  ObjectMeta: {
    name: 'What the object is called; no other of its kind in the namespace can have the name.',
    namespace: 'The namespace that the object is in.',
    labels: 'What selectors find the object by.',
    annotations: 'Notes for tools and controllers; no selector sees them.',
  },
  ServiceSpec: { selector: 'The labels of the Pods behind the Service; left out, somebody else makes its endpoints.' },
  IngressSpec: { defaultBackend: 'Gets the requests that no rule matches.' },
  IngressRule: { host: 'The host of the requests; left out, every host.' },
  HTTPIngressPath: {
    path: 'The path of the requests, compared as pathType says.',
    pathType: 'Whether the path alone matches, or everything below it too.',
    backend: 'Where the requests go.',
  },
  IngressBackend: {
    service: 'A Service in the namespace of the Ingress.',
    resource: 'An object of another kind, which the controller must know.',
  },
  IngressServiceBackend: { name: 'The name of the Service.', port: 'The port of the Service, by name or by number.' },
  ServiceBackendPort: {
    name: 'The name that the Service gives the port.',
    number: 'The port of the Service, not that of its Pods.',
  },
  NetworkPolicySpec: {
    podSelector: 'The Pods that the policy isolates; {} stands for all of its namespace.',
    ingress: 'The connections to the Pods that are let through.',
    egress: 'The connections from the Pods that are let through.',
  },
  NetworkPolicyIngressRule: {
    ports: 'The ports of the Pods that are open; left out, all.',
    from: 'Who may connect to the Pods; left out, everyone.',
  },
  NetworkPolicyEgressRule: {
    ports: 'The ports that the Pods may connect to; left out, all.',
    to: 'Whom the Pods may connect to; left out, everyone.',
  },
  NetworkPolicyPeer: {
    podSelector: 'Pods of this namespace, or beside a namespaceSelector of those that it selects.',
    namespaceSelector: 'Namespaces; all of their Pods, or beside a podSelector those that it selects.',
    ipBlock: 'Addresses, mostly outside of the cluster.',
  },
  NetworkPolicyPort: {
    port: 'A port of the Pods, or the name of a container port; left out, every port of the protocol.',
    endPort: 'The last port of a range that begins with port.',
  },
  IPBlock: { cidr: 'A range of addresses, such as 192.0.2.0/24.', except: 'Parts of the range that do not count.' },
  LabelSelector: {
    matchLabels: 'Labels that must all be there with these values.',
    matchExpressions: 'Conditions on labels, which must all hold.',
  },
  LabelSelectorRequirement: {
    key: 'The key of the label.',
    operator: 'What must hold of the label.',
    values: 'Values of the label, for the operators In and NotIn.',
  },
  Container: {
    ports: 'The ports that the container listens on, with their names.',
    readinessProbe: 'As long as it fails, the Pod is no ready endpoint.',
  },
  DeploymentSpec: { replicas: 'How many Pods it makes.', selector: SELECTOR, template: TEMPLATE },
  StatefulSetSpec: { replicas: 'How many Pods it makes.', selector: SELECTOR, template: TEMPLATE },
  DaemonSetSpec: { selector: SELECTOR, template: TEMPLATE },
};

/** By the struct that the field is in, and the name of the field. */
const WORDS = wordsOf({ ...SERVICE, ...INGRESS, ...NETWORK_POLICY, ...ENDPOINTS, ...POD });
const MORE_WORDS = wordsOf(TOLD_BY_OTHERS);

type Words = ReadonlyMap<string, ReadonlyMap<string, FieldWords>>;

function wordsOf(structs: Readonly<Record<string, StructWords>>): Words {
  return new Map(Object.entries(structs).map(([struct, fields]) => [struct, new Map(Object.entries(fields))]));
}

/** What a field of a struct does; undefined for a field that has nothing to do with networking, or is explained elsewhere. */
export function findFieldWords(struct: string, field: string): FieldWords | undefined {
  return WORDS.get(struct)?.get(field);
}

/** Fields that are true unless somebody writes false. */
const TRUE_BY_DEFAULT: ReadonlySet<string> = new Set(['allocateLoadBalancerNodePorts', 'enableServiceLinks', 'ready']);

/** What a field is for, told to somebody who has not written it yet: of one that takes a few words, these. */
export function findKeyWords(struct: string, field: string): string | undefined {
  const words = findFieldWords(struct, field) ?? MORE_WORDS.get(struct)?.get(field);
  if (words === undefined || typeof words === 'string') return words;
  if (words['*'] !== undefined) return words['*'];
  const other = String(!TRUE_BY_DEFAULT.has(field));
  return words[other] === undefined ? Object.keys(words).join(', ') : `${other}: ${words[other]}`;
}

/** Every field that has words. */
export function fieldsWithWords(): readonly (readonly [struct: string, field: string])[] {
  return [...WORDS, ...MORE_WORDS].flatMap(([struct, fields]) =>
    [...fields.keys()].map((field) => [struct, field] as const),
  );
}

/** The sentence for a value. */
export function sentenceFor(words: FieldWords, value: unknown): string | undefined {
  if (typeof words === 'string') return words;
  return Object.hasOwn(words, String(value)) ? words[String(value)] : words['*'];
}
