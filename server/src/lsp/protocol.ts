import { type Location, NotificationType, type Position, RequestType } from 'vscode-languageserver-protocol';

/** What client and server say to each other beyond LSP. Everything here is plain data. */

/** Server to client: the URIs of all files that may hold manifests. */
export const FindFilesRequest = new RequestType<Record<string, never>, string[], void>('kubeNetlens/findFiles');

/** Server to client: the text of files, in order; null for one that cannot be read. */
export const ReadFilesRequest = new RequestType<{ uris: string[] }, (string | null)[], void>('kubeNetlens/readFiles');

/** Server to client: answers may have changed, so views and lenses ask again. */
export const ChangedNotification = new NotificationType<{ revision: number }>('kubeNetlens/changed');

/** Client to server: the text of an open file as last committed; null where there is none, it is not known, or the file is closed. */
export const CommittedNotification = new NotificationType<CommittedParams>('kubeNetlens/committed');

export interface CommittedParams {
  readonly uri: string;
  readonly text: string | null;
}

/**
 * Client to server: what another extension already does for an open file. The schema, shown or completed, counts where the setting
 * `schemaChecks` is `auto`; that it says what is no YAML, unless the setting is `always`.
 */
export const CheckedElsewhereNotification = new NotificationType<CheckedElsewhereParams>(
  'kubeNetlens/checkedElsewhere',
);

export interface CheckedElsewhereParams {
  readonly uri: string;
  readonly elsewhere: readonly CheckedElsewhere[];
}

/**
 * `yaml`: it shows what is no YAML. `schema`: it shows unknown fields and values of a wrong type. `completion`: it completes the names of
 * fields.
 */
export type CheckedElsewhere = 'yaml' | 'schema' | 'completion';

/** Which set of manifests a file belongs to, for the status bar. */
export const StatusRequest = new RequestType<{ uri: string }, StatusResult, void>('kubeNetlens/status');

export interface StatusResult {
  /** `indexing` until every file was read once. */
  readonly state: 'indexing' | 'ready';
  /** Undefined for a file that holds no manifest. */
  readonly set:
    | { readonly name: string; readonly files: number; readonly reason: string; readonly open?: string }
    | undefined;
  /** Why the file is left alone, if it is. */
  readonly skipped: string | undefined;
  readonly sets: number;
  readonly skippedFiles: number;
}

/** What becomes of a request for a URL, among the Ingresses that are applied together with the file `uri`. */
export const TestUrlRequest = new RequestType<TestUrlParams, TestUrlResult, void>('kubeNetlens/testUrl');

export interface TestUrlParams {
  /** May be half typed. */
  readonly url: string;
  readonly uri?: string;
}

export interface TestUrlResult {
  /** One per class of Ingresses that answers, those with a route first. */
  readonly answers: readonly {
    /** The set of manifests. */
    readonly title: string;
    readonly outcome: 'route' | 'default-backend' | 'nothing';
    readonly steps: readonly TestUrlStep[];
  }[];
  /** URLs of known hosts and paths, those like the given one first. */
  readonly suggestions: readonly string[];
}

/** One line of an answer, and where it comes from. */
export interface TestUrlStep {
  readonly kind: 'class' | 'host' | 'path' | 'backend' | 'pods' | 'next' | 'nothing' | 'unknown';
  readonly text: string;
  readonly why: string;
  readonly location: Location | null;
}

/** How the connections to a Service are spread, for the view. */
export const EndpointsRequest = new RequestType<EndpointsParams, EndpointsResult, void>('kubeNetlens/endpoints');

export interface EndpointsParams {
  /** A file of the set that the Service is in. */
  readonly uri: string;
  /** Where the cursor stands: the Service of that document is meant if `service` names none. */
  readonly position?: Position;
  readonly controls?: EndpointsControls;
}

/** What can be set in the view. Undefined figures mean: as the manifests say. */
export interface EndpointsControls {
  /** `namespace/name`. */
  readonly service: string;
  /** Index of the Service port. */
  readonly port: number;
  /** Name of the client's node; empty for any. */
  readonly client: string;
  readonly traffic: 'internal' | 'external';
  /** Address family of the connections; undefined for the Service's first. */
  readonly family: 'IPv4' | 'IPv6' | undefined;
  readonly replicas: number | undefined;
  readonly zones: number | undefined;
  readonly nodes: number | undefined;
}

export type EndpointsResult =
  | { readonly type: 'show'; readonly distribution: EndpointsView }
  | { readonly type: 'empty'; readonly reason: string; readonly advice: string };

interface ViewPlace {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}

interface ViewChoice {
  readonly value: string;
  readonly label: string;
}

/** Everything that the view shows, ready to be drawn. */
export interface EndpointsView {
  readonly services: readonly ViewChoice[];
  readonly ports: readonly ViewChoice[];
  readonly families: readonly ViewChoice[];
  readonly clients: readonly ViewChoice[];
  readonly controls: EndpointsControls & { readonly replicas: number; readonly zones: number; readonly nodes: number };
  readonly title: string;
  readonly type: string;
  readonly address: string;
  readonly portLabel: string;
  readonly place: ViewPlace | undefined;
  readonly slices: readonly { readonly family: string; readonly ports: string; readonly sizes: readonly number[] }[];
  readonly endpoints: readonly {
    readonly id: string;
    readonly name: string;
    readonly workload: string;
    readonly place: ViewPlace | undefined;
    readonly zone: string | undefined;
    readonly node: string | undefined;
    readonly address: string | undefined;
    readonly targetPort: number | undefined;
    readonly state: 'ready' | 'not ready' | 'terminating' | 'no port';
    readonly share: number;
  }[];
  readonly outcome: { readonly kind: 'spread' | 'dropped' | 'rejected' | 'nothing'; readonly reason: string };
  readonly assumptions: readonly string[];
}

/** What the client tells the server at start, in `initializationOptions`. */
export interface InitializationOptions {
  /** The client answers `findFiles` and `readFiles`; else the server reads the disk. */
  readonly providesFiles?: boolean;
  /** The client carries out the commands of VS Code and of the extension, so hovers may link to them. */
  readonly runsCommands?: boolean;
  readonly settings?: Settings;
}

/** The settings below `kubeNetlens`, as the client sends them. */
export interface Settings {
  readonly rules?: Readonly<Record<string, string>>;
  readonly codeLens?: { readonly enabled?: boolean };
  /** Off unless turned on. */
  readonly inlayHints?: { readonly enabled?: boolean };
  /** Whether to show unknown and wrongly typed fields and to complete names of fields. `auto`: what no other extension does. */
  readonly schemaChecks?: 'auto' | 'always' | 'never';
}
