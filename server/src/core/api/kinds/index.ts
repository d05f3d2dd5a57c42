import type { KindRules } from '../kind-rules.ts';
import { CONFIG_MAP } from './config-map.ts';
import { ENDPOINT_SLICE } from './endpoint-slice.ts';
import { ENDPOINTS } from './endpoints.ts';
import { INGRESS } from './ingress.ts';
import { INGRESS_CLASS } from './ingress-class.ts';
import { NAMESPACE } from './namespace.ts';
import { NETWORK_POLICY } from './network-policy.ts';
import { POD } from './pod/index.ts';
import { SERVICE } from './service/index.ts';
import {
  CRON_JOB,
  DAEMON_SET,
  DEPLOYMENT,
  JOB,
  REPLICA_SET,
  REPLICATION_CONTROLLER,
  STATEFUL_SET,
} from './workloads/index.ts';

const KINDS: ReadonlyMap<string, KindRules> = new Map([
  ['v1/ConfigMap', CONFIG_MAP],
  ['v1/Endpoints', ENDPOINTS],
  ['v1/Namespace', NAMESPACE],
  ['v1/Pod', POD],
  ['v1/ReplicationController', REPLICATION_CONTROLLER],
  ['v1/Service', SERVICE],
  ['apps/v1/DaemonSet', DAEMON_SET],
  ['apps/v1/Deployment', DEPLOYMENT],
  ['apps/v1/ReplicaSet', REPLICA_SET],
  ['apps/v1/StatefulSet', STATEFUL_SET],
  ['batch/v1/CronJob', CRON_JOB],
  ['batch/v1/Job', JOB],
  ['discovery.k8s.io/v1/EndpointSlice', ENDPOINT_SLICE],
  ['networking.k8s.io/v1/Ingress', INGRESS],
  ['networking.k8s.io/v1/IngressClass', INGRESS_CLASS],
  ['networking.k8s.io/v1/NetworkPolicy', NETWORK_POLICY],
]);

/** What the server does to objects of a kind; undefined for one that is not simulated here. */
export function findKind(apiVersion: string, kind: string): KindRules | undefined {
  return KINDS.get(`${apiVersion}/${kind}`);
}
