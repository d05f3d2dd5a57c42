/** What the page and its host say to each other. Everything is plain data; the page knows no Kubernetes. */

/** Where a thing is written, so that a click can lead there. */
export interface Place {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}

/** One endpoint of the Service, or one Pod that is left out. */
export interface EndpointRow {
  /** Stays the same over edits, so that selection can stay too. */
  readonly id: string;
  /** Name of the Pod, made up where the manifest has none: `cart-…1`. */
  readonly name: string;
  /** `Deployment cart`. */
  readonly workload: string;
  readonly place: Place | undefined;
  readonly zone: string | undefined;
  readonly node: string | undefined;
  readonly address: string | undefined;
  /** Port of the Pod; undefined where it has no port of that name. */
  readonly targetPort: number | undefined;
  readonly state: 'ready' | 'not ready' | 'terminating' | 'no port';
  /** Part of the new connections that it gets, from 0 to 1. */
  readonly share: number;
}

/** What becomes of the connections of a client. */
export interface Outcome {
  readonly kind: 'spread' | 'dropped' | 'rejected' | 'nothing';
  /** One sentence: how an endpoint is picked, or why nothing arrives. */
  readonly reason: string;
}

/** EndpointSlices that the control plane makes: sizes of those with the same family and ports. */
export interface SliceGroup {
  readonly family: string;
  /** `http 8080`, or `no ports`. */
  readonly ports: string;
  readonly sizes: readonly number[];
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What can be set in the toolbar. Undefined numbers mean: as the manifests say. */
export interface Controls {
  /** `namespace/name`. */
  readonly service: string;
  /** Index of the Service port. */
  readonly port: number;
  /** Name of the node on which the client runs; empty for any node. */
  readonly client: string;
  readonly traffic: 'internal' | 'external';
  /** Address family of the connections; undefined for the Service's first. */
  readonly family: 'IPv4' | 'IPv6' | undefined;
  readonly replicas: number | undefined;
  readonly zones: number | undefined;
  readonly nodes: number | undefined;
}

/** Everything that the page shows. */
export interface Distribution {
  readonly services: readonly Choice[];
  readonly ports: readonly Choice[];
  /** The address families of the Service. */
  readonly families: readonly Choice[];
  /** The nodes on which a client may run; the first stands for any. */
  readonly clients: readonly Choice[];
  /** What the toolbar shows; figures are filled in where nothing was set. */
  readonly controls: Controls & { readonly replicas: number; readonly zones: number; readonly nodes: number };
  /** `shop/cart`. */
  readonly title: string;
  /** `ClusterIP`, `headless`, … */
  readonly type: string;
  /** `10.96.0.50`, or `assigned on creation`. */
  readonly address: string;
  /** `http 80`. */
  readonly portLabel: string;
  readonly place: Place | undefined;
  readonly slices: readonly SliceGroup[];
  readonly endpoints: readonly EndpointRow[];
  readonly outcome: Outcome;
  /** What is assumed, one sentence each. */
  readonly assumptions: readonly string[];
}

/** What the page keeps for its host, so that the view can be opened again after VS Code was closed. */
export interface Memory {
  readonly uri: string;
  readonly controls: Controls;
}

/** Host to page. */
export type ToPage =
  | { readonly type: 'show'; readonly distribution: Distribution; readonly memory: Memory }
  /** There is nothing to show: why, and what to do. */
  | { readonly type: 'empty'; readonly reason: string; readonly advice: string };

/** Page to host. */
export type ToHost =
  | { readonly type: 'ready' }
  | { readonly type: 'controls'; readonly controls: Controls }
  | { readonly type: 'open'; readonly place: Place };
