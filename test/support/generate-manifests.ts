/** Made-up but realistic manifests, the same for the same seed. */

/** A file of a generated workspace. */
export interface GeneratedFile {
  /** Relative to the workspace folder. */
  readonly path: string;
  readonly text: string;
}

/** Numbers in [0, 1) from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A workspace of about this many documents, spread over files and namespaces. Everything in it fits together. */
export function generateWorkspace(documents: number, documentsPerFile: number, seed = 1): readonly GeneratedFile[] {
  const all = generateDocuments(documents, seed);
  const files: GeneratedFile[] = [];
  for (let start = 0; start < all.length; start += documentsPerFile) {
    const number = String(files.length).padStart(4, '0');
    const text = all.slice(start, start + documentsPerFile).join('---\n');
    files.push({ path: `team-${files.length % 20}/app-${number}.yaml`, text });
  }
  return files;
}

/** One file of about this many documents. */
export function generateFile(documents: number, seed = 1): string {
  return generateDocuments(documents, seed).join('---\n');
}

function generateDocuments(count: number, seed: number): readonly string[] {
  const random = randomFrom(seed);
  const documents: string[] = [];
  for (let app = 0; documents.length < count; app++) {
    const name = `app-${app}`;
    const namespace = `team-${app % NAMESPACES}`;
    const scene = { app, name, namespace, port: 8000 + Math.floor(random() * 1000), random };
    if (app < NAMESPACES) documents.push(namespaceObject(namespace));
    // Whatever refers to something comes after it, so that the documents fit together wherever they end; only a StatefulSet and
    // its Service refer to each other.
    const mayRefer = documents.length + 1 < count;
    documents.push(app % 5 === 4 && mayRefer ? statefulSet(scene) : deployment(scene), service(scene));
    if (app % 3 === 0) documents.push(networkPolicy(scene));
    if (app % 4 === 0) documents.push(ingress(scene));
    if (app % 2 === 0) documents.push(configMap(scene));
  }
  return documents.slice(0, count);
}

const NAMESPACES = 20;

interface Scene {
  /** The number of the application. */
  readonly app: number;
  readonly name: string;
  readonly namespace: string;
  readonly port: number;
  readonly random: () => number;
}

function namespaceObject(name: string): string {
  return `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
  labels:
    team: ${name} # policies of other teams select by this
    pod-security.kubernetes.io/enforce: restricted
    pod-security.kubernetes.io/warn: restricted
  annotations:
    example.com/contact: "${name}@example.com"
    example.com/cost-center: "4711"
    example.com/description: >-
      Everything that ${name} runs. Requests for changes go to the contact above, who looks at them once a day; outside of
      office hours there is a pager.
`;
}

function metadata({ name, namespace }: Scene): string {
  return `metadata:
  name: ${name}
  namespace: ${namespace}
  labels:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/part-of: ${namespace}
    app.kubernetes.io/managed-by: hand
`;
}

function service(scene: Scene): string {
  return `# How the others find ${scene.name}.
apiVersion: v1
kind: Service
${metadata(scene)}spec:
  selector:
    app: ${scene.name}
  ports:
    - name: http
      port: 80
      targetPort: http
    - name: metrics
      port: 9090
      targetPort: metrics
`;
}

function deployment(scene: Scene): string {
  return `apiVersion: apps/v1
kind: Deployment
${metadata(scene)}spec:
${workloadSpec(scene)}`;
}

function statefulSet(scene: Scene): string {
  return `apiVersion: apps/v1
kind: StatefulSet
${metadata(scene)}spec:
  serviceName: ${scene.name}
  podManagementPolicy: Parallel
${workloadSpec(scene)}  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: 10Gi
`;
}

function workloadSpec(scene: Scene): string {
  const { name, namespace, port, random } = scene;
  const variables = Array.from({ length: 56 }, (_, index) => {
    const other = Math.floor(random() * 100);
    return `            - name: PEER_${index}_URL
              value: http://app-${other}.team-${other % NAMESPACES}:80/api/v${index}
`;
  });
  return `  replicas: ${1 + Math.floor(random() * 5)}
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
        tier: ${random() < 0.5 ? 'web' : 'backend'}
        team: ${namespace}
    spec:
      containers:
        - name: ${name}
          image: registry.example.com/${namespace}/${name}:1.${Math.floor(random() * 100)}
          ports:
            - name: http
              containerPort: ${port}
            - name: metrics
              containerPort: 9090
          env:
${variables.join('')}          readinessProbe:
            httpGet:
              path: /healthz # answers once the caches are warm
              port: http
            periodSeconds: 5
          resources:
            requests: { cpu: 100m, memory: 128Mi }
            limits: { memory: 512Mi }
          volumeMounts:
            - name: config
              mountPath: /etc/${name}
      volumes:
        - name: config
          configMap:
            name: ${name}
`;
}

function networkPolicy(scene: Scene): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
${metadata(scene)}spec:
  podSelector:
    matchLabels:
      app: ${scene.name}
  policyTypes: [Ingress]
  ingress:
    - from:
        - podSelector:
            matchLabels:
              team: ${scene.namespace}
        - namespaceSelector:
            matchLabels:
              team: team-${Math.floor(scene.random() * Math.min(scene.app + 1, NAMESPACES))}
      ports:
        - protocol: TCP
          port: ${scene.port}
`;
}

function ingress(scene: Scene): string {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
${metadata(scene)}spec:
  ingressClassName: nginx
  rules:
    - host: ${scene.namespace}.example.com
      http:
        paths:
          - path: /${scene.name}
            pathType: Prefix
            backend:
              service:
                name: ${scene.name}
                port:
                  name: http
`;
}

function configMap(scene: Scene): string {
  const lines = Array.from({ length: 80 }, (_, index) => `    setting.${index} = ${Math.floor(scene.random() * 1e6)}`);
  return `apiVersion: v1
kind: ConfigMap
${metadata(scene)}data:
  application.properties: |
${lines.join('\n')}
`;
}
