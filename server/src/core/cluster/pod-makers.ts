import type { Resource } from '../manifest/index.ts';

/**
 * API groups whose objects never make Pods of an application. Every other unknown object may: it could be a custom
 * resource whose operator turns it into a workload.
 */
const INERT_GROUPS = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'extensions',
  'flowcontrol.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'appprotect.f5.com',
  'appprotectdos.f5.com',
  'apps.openshift.io/Route',
  'cert-manager.io',
  'acme.cert-manager.io',
  'cilium.io',
  'crd.projectcalico.org',
  'projectcalico.org',
  'externaldns.k8s.io',
  'gateway.networking.k8s.io',
  'policy.networking.k8s.io',
  'configuration.konghq.com',
  'extensions.istio.io',
  'k8s.nginx.org',
  'metallb.io',
  'networking.gke.io',
  'networking.istio.io',
  'route.openshift.io',
  'security.istio.io',
  'telemetry.istio.io',
  'traefik.io',
  'traefik.containo.us',
  'kustomize.config.k8s.io',
  'keda.sh',
  'external-secrets.io',
  'bitnami.com',
  'snapshot.storage.k8s.io',
  'audit.k8s.io',
  'kubelet.config.k8s.io',
  'kubeadm.k8s.io',
  'apiserver.config.k8s.io',
]);

/** Kinds of otherwise Pod-making groups that are only configuration. */
const INERT_KINDS = new Set([
  'monitoring.coreos.com/ServiceMonitor',
  'monitoring.coreos.com/PodMonitor',
  'monitoring.coreos.com/PrometheusRule',
  'monitoring.coreos.com/Probe',
  'monitoring.coreos.com/ScrapeConfig',
  'monitoring.coreos.com/AlertmanagerConfig',
  'apps/ControllerRevision',
]);

/** Whether an object of unknown kind may bring Pods into being that no manifest shows. */
export function mayCreatePods(resource: Resource): boolean {
  if (resource.type !== 'Opaque' || INERT_GROUPS.has(resource.group)) return false;
  return !INERT_KINDS.has(`${resource.group}/${resource.kind}`);
}
