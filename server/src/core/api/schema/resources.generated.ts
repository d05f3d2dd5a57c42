// Made by scripts/api-fields.mjs.

/** Every kind of the server: apiVersion, then `Kind plural`, `*` if it has no namespace. */
export const RESOURCES = `v1 Binding=bindings ComponentStatus=componentstatuses* ConfigMap=configmaps Endpoints=endpoints Event=events LimitRange=limitranges Namespace=namespaces* Node=nodes* PersistentVolumeClaim=persistentvolumeclaims PersistentVolume=persistentvolumes* Pod=pods PodTemplate=podtemplates ReplicationController=replicationcontrollers ResourceQuota=resourcequotas Secret=secrets ServiceAccount=serviceaccounts Service=services
apiregistration.k8s.io/v1 APIService=apiservices*
apps/v1 ControllerRevision=controllerrevisions DaemonSet=daemonsets Deployment=deployments ReplicaSet=replicasets StatefulSet=statefulsets
events.k8s.io/v1 Event=events
authentication.k8s.io/v1 SelfSubjectReview=selfsubjectreviews* TokenReview=tokenreviews*
authorization.k8s.io/v1 LocalSubjectAccessReview=localsubjectaccessreviews SelfSubjectAccessReview=selfsubjectaccessreviews* SelfSubjectRulesReview=selfsubjectrulesreviews* SubjectAccessReview=subjectaccessreviews*
autoscaling/v2 HorizontalPodAutoscaler=horizontalpodautoscalers
autoscaling/v1 HorizontalPodAutoscaler=horizontalpodautoscalers
batch/v1 CronJob=cronjobs Job=jobs
certificates.k8s.io/v1 CertificateSigningRequest=certificatesigningrequests*
networking.k8s.io/v1 IngressClass=ingressclasses* Ingress=ingresses IPAddress=ipaddresses* NetworkPolicy=networkpolicies ServiceCIDR=servicecidrs*
policy/v1 PodDisruptionBudget=poddisruptionbudgets
rbac.authorization.k8s.io/v1 ClusterRoleBinding=clusterrolebindings* ClusterRole=clusterroles* RoleBinding=rolebindings Role=roles
storage.k8s.io/v1 CSIDriver=csidrivers* CSINode=csinodes* CSIStorageCapacity=csistoragecapacities StorageClass=storageclasses* VolumeAttachment=volumeattachments* VolumeAttributesClass=volumeattributesclasses*
admissionregistration.k8s.io/v1 MutatingAdmissionPolicy=mutatingadmissionpolicies* MutatingAdmissionPolicyBinding=mutatingadmissionpolicybindings* MutatingWebhookConfiguration=mutatingwebhookconfigurations* ValidatingAdmissionPolicy=validatingadmissionpolicies* ValidatingAdmissionPolicyBinding=validatingadmissionpolicybindings* ValidatingWebhookConfiguration=validatingwebhookconfigurations*
apiextensions.k8s.io/v1 CustomResourceDefinition=customresourcedefinitions*
scheduling.k8s.io/v1 PriorityClass=priorityclasses*
coordination.k8s.io/v1 Lease=leases
node.k8s.io/v1 RuntimeClass=runtimeclasses*
discovery.k8s.io/v1 EndpointSlice=endpointslices
resource.k8s.io/v1 DeviceClass=deviceclasses* ResourceClaim=resourceclaims ResourceClaimTemplate=resourceclaimtemplates ResourceSlice=resourceslices*
flowcontrol.apiserver.k8s.io/v1 FlowSchema=flowschemas* PriorityLevelConfiguration=prioritylevelconfigurations*`;
