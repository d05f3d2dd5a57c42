// Made by scripts/api-fields.mjs.

/** Kinds, then types; scripts/api-fields.mjs explains the form. */
export const TABLES = `v1 Service Service
v1 Endpoints Endpoints
v1 Namespace Namespace
v1 ConfigMap ConfigMap
v1 Secret Secret
v1 Pod Pod
v1 ReplicationController ReplicationController
v1 PodTemplate PodTemplate
v1 ServiceAccount ServiceAccount
v1 PersistentVolumeClaim PersistentVolumeClaim
apps/v1 Deployment Deployment
apps/v1 StatefulSet StatefulSet
apps/v1 DaemonSet DaemonSet
apps/v1 ReplicaSet ReplicaSet
batch/v1 Job Job
batch/v1 CronJob CronJob
discovery.k8s.io/v1 EndpointSlice EndpointSlice
networking.k8s.io/v1 Ingress Ingress
networking.k8s.io/v1 IngressClass IngressClass
networking.k8s.io/v1 NetworkPolicy NetworkPolicy
networking.k8s.io/v1 IPAddress IPAddress
networking.k8s.io/v1 ServiceCIDR ServiceCIDR

string types.UID ManagedFieldsOperationType Protocol ServiceType ServiceAffinity ServiceExternalTrafficPolicy IPFamily IPFamilyPolicy ServiceInternalTrafficPolicy LoadBalancerIPMode meta.ConditionStatus FinalizerName NamespacePhase NamespaceConditionType ConditionStatus SecretType HostPathType StorageMedium AzureDataDiskCachingMode AzureDataDiskKind LabelSelectorOperator PersistentVolumeAccessMode ResourceName PersistentVolumeMode PullPolicy ResourceResizeRestartPolicy ContainerRestartPolicy ContainerRestartRuleAction ContainerRestartRuleOnExitCodesOperator RecursiveReadOnlyMode MountPropagationMode URIScheme Signal TerminationMessagePolicy Capability ProcMountType SeccompProfileType AppArmorProfileType RestartPolicy DNSPolicy SupplementalGroupsPolicy PodFSGroupChangePolicy PodSELinuxChangePolicy NodeSelectorOperator TolerationOperator TaintEffect PodConditionType PreemptionPolicy UnsatisfiableConstraintAction NodeInclusionPolicy OSName PodPhase ResourceID ResourceHealthStatus PodQOSClass PodResizeStatus ReplicationControllerConditionType PersistentVolumeClaimPhase PersistentVolumeClaimConditionType ClaimResourceStatus PersistentVolumeClaimModifyVolumeStatus DeploymentStrategyType DeploymentConditionType PodManagementPolicyType StatefulSetUpdateStrategyType PersistentVolumeClaimRetentionPolicyType StatefulSetConditionType DaemonSetUpdateStrategyType DaemonSetConditionType ReplicaSetConditionType PodFailurePolicyAction PodFailurePolicyOnExitCodesOperator CompletionMode PodReplacementPolicy JobConditionType ConcurrencyPolicy AddressType PathType PolicyType
ResourceList map[ResourceName]Quantity
Service :TypeMeta metadata=ObjectMeta? spec=ServiceSpec? status=ServiceStatus?
TypeMeta kind=string? apiVersion=string?
ObjectMeta name=string? generateName=string? namespace=string? selfLink=string? uid=types.UID? resourceVersion=string? generation=int64? creationTimestamp=Time?~ deletionTimestamp=*Time? deletionGracePeriodSeconds=*int64? labels=map[string]string? annotations=map[string]string? ownerReferences=[]OwnerReference?@uid finalizers=[]string?+ managedFields=[]ManagedFieldsEntry?
OwnerReference apiVersion=string! kind=string! name=string! uid=types.UID! controller=*bool? blockOwnerDeletion=*bool?
ManagedFieldsEntry manager=string? operation=ManagedFieldsOperationType? apiVersion=string? time=*Time? fieldsType=string? fieldsV1=*FieldsV1? subresource=string?
ServiceSpec ports=[]ServicePort?@port selector=map[string]string? clusterIP=string? clusterIPs=[]string? type=ServiceType? externalIPs=[]string? sessionAffinity=ServiceAffinity? loadBalancerIP=string? loadBalancerSourceRanges=[]string? externalName=string? externalTrafficPolicy=ServiceExternalTrafficPolicy? healthCheckNodePort=int32? publishNotReadyAddresses=bool? sessionAffinityConfig=*SessionAffinityConfig? ipFamilies=[]IPFamily? ipFamilyPolicy=*IPFamilyPolicy? allocateLoadBalancerNodePorts=*bool? loadBalancerClass=*string? internalTrafficPolicy=*ServiceInternalTrafficPolicy? trafficDistribution=*string?
ServicePort name=string? protocol=Protocol? appProtocol=*string? port=int32! targetPort=IntOrString? nodePort=int32?
SessionAffinityConfig clientIP=*ClientIPConfig?
ClientIPConfig timeoutSeconds=*int32?
ServiceStatus loadBalancer=LoadBalancerStatus? conditions=[]Condition?@type
LoadBalancerStatus ingress=[]LoadBalancerIngress?
LoadBalancerIngress ip=string? hostname=string? ipMode=*LoadBalancerIPMode? ports=[]PortStatus?
PortStatus port=int32! protocol=Protocol! error=*string?
Condition type=string! status=meta.ConditionStatus! observedGeneration=int64? lastTransitionTime=Time! reason=string! message=string!
Endpoints :TypeMeta metadata=ObjectMeta? subsets=[]EndpointSubset?
EndpointSubset addresses=[]EndpointAddress? notReadyAddresses=[]EndpointAddress? ports=[]EndpointPort?
EndpointAddress ip=string! hostname=string? nodeName=*string? targetRef=*ObjectReference?
ObjectReference kind=string? namespace=string? name=string? uid=types.UID? apiVersion=string? resourceVersion=string? fieldPath=string?
EndpointPort name=string? port=int32! protocol=Protocol? appProtocol=*string?
Namespace :TypeMeta metadata=ObjectMeta? spec=NamespaceSpec? status=NamespaceStatus?
NamespaceSpec finalizers=[]FinalizerName?
NamespaceStatus phase=NamespacePhase? conditions=[]NamespaceCondition?@type
NamespaceCondition type=NamespaceConditionType! status=ConditionStatus! lastTransitionTime=Time? reason=string? message=string?
ConfigMap :TypeMeta metadata=ObjectMeta? immutable=*bool? data=map[string]string? binaryData=map[string][]byte?
Secret :TypeMeta metadata=ObjectMeta? immutable=*bool? data=map[string][]byte? stringData=map[string]string? type=SecretType?
Pod :TypeMeta metadata=ObjectMeta? spec=PodSpec? status=PodStatus?
PodSpec volumes=[]Volume?@name initContainers=[]Container?@name containers=[]Container!@name ephemeralContainers=[]EphemeralContainer?@name restartPolicy=RestartPolicy? terminationGracePeriodSeconds=*int64? activeDeadlineSeconds=*int64? dnsPolicy=DNSPolicy? nodeSelector=map[string]string? serviceAccountName=string? serviceAccount=string? automountServiceAccountToken=*bool? nodeName=string? hostNetwork=bool? hostPID=bool? hostIPC=bool? shareProcessNamespace=*bool? securityContext=*PodSecurityContext? imagePullSecrets=[]LocalObjectReference?@name hostname=string? subdomain=string? affinity=*Affinity? schedulerName=string? tolerations=[]Toleration? hostAliases=[]HostAlias?@ip priorityClassName=string? priority=*int32? dnsConfig=*PodDNSConfig? readinessGates=[]PodReadinessGate? runtimeClassName=*string? enableServiceLinks=*bool? preemptionPolicy=*PreemptionPolicy? overhead=ResourceList? topologySpreadConstraints=[]TopologySpreadConstraint?@topologyKey setHostnameAsFQDN=*bool? os=*PodOS? hostUsers=*bool? schedulingGates=[]PodSchedulingGate?@name resourceClaims=[]PodResourceClaim?@name resources=*ResourceRequirements? hostnameOverride=*string? schedulingGroup=*PodSchedulingGroup?
Volume name=string! :VolumeSource
VolumeSource hostPath=*HostPathVolumeSource? emptyDir=*EmptyDirVolumeSource? gcePersistentDisk=*GCEPersistentDiskVolumeSource? awsElasticBlockStore=*AWSElasticBlockStoreVolumeSource? gitRepo=*GitRepoVolumeSource? secret=*SecretVolumeSource? nfs=*NFSVolumeSource? iscsi=*ISCSIVolumeSource? glusterfs=*GlusterfsVolumeSource? persistentVolumeClaim=*PersistentVolumeClaimVolumeSource? rbd=*RBDVolumeSource? flexVolume=*FlexVolumeSource? cinder=*CinderVolumeSource? cephfs=*CephFSVolumeSource? flocker=*FlockerVolumeSource? downwardAPI=*DownwardAPIVolumeSource? fc=*FCVolumeSource? azureFile=*AzureFileVolumeSource? configMap=*ConfigMapVolumeSource? vsphereVolume=*VsphereVirtualDiskVolumeSource? quobyte=*QuobyteVolumeSource? azureDisk=*AzureDiskVolumeSource? photonPersistentDisk=*PhotonPersistentDiskVolumeSource? projected=*ProjectedVolumeSource? portworxVolume=*PortworxVolumeSource? scaleIO=*ScaleIOVolumeSource? storageos=*StorageOSVolumeSource? csi=*CSIVolumeSource? ephemeral=*EphemeralVolumeSource? image=*ImageVolumeSource?
HostPathVolumeSource path=string! type=*HostPathType?
EmptyDirVolumeSource medium=StorageMedium? sizeLimit=*Quantity?
GCEPersistentDiskVolumeSource pdName=string! fsType=string? partition=int32? readOnly=bool?
AWSElasticBlockStoreVolumeSource volumeID=string! fsType=string? partition=int32? readOnly=bool?
GitRepoVolumeSource repository=string! revision=string? directory=string?
SecretVolumeSource secretName=string? items=[]KeyToPath? defaultMode=*int32? optional=*bool?
KeyToPath key=string! path=string! mode=*int32?
NFSVolumeSource server=string! path=string! readOnly=bool?
ISCSIVolumeSource targetPortal=string! iqn=string! lun=int32! iscsiInterface=string? fsType=string? readOnly=bool? portals=[]string? chapAuthDiscovery=bool? chapAuthSession=bool? secretRef=*LocalObjectReference? initiatorName=*string?
LocalObjectReference name=string?
GlusterfsVolumeSource endpoints=string! path=string! readOnly=bool?
PersistentVolumeClaimVolumeSource claimName=string! readOnly=bool?
RBDVolumeSource monitors=[]string! image=string! fsType=string? pool=string? user=string? keyring=string? secretRef=*LocalObjectReference? readOnly=bool?
FlexVolumeSource driver=string! fsType=string? secretRef=*LocalObjectReference? readOnly=bool? options=map[string]string?
CinderVolumeSource volumeID=string! fsType=string? readOnly=bool? secretRef=*LocalObjectReference?
CephFSVolumeSource monitors=[]string! path=string? user=string? secretFile=string? secretRef=*LocalObjectReference? readOnly=bool?
FlockerVolumeSource datasetName=string? datasetUUID=string?
DownwardAPIVolumeSource items=[]DownwardAPIVolumeFile? defaultMode=*int32?
DownwardAPIVolumeFile path=string! fieldRef=*ObjectFieldSelector? resourceFieldRef=*ResourceFieldSelector? mode=*int32?
ObjectFieldSelector apiVersion=string? fieldPath=string!
ResourceFieldSelector containerName=string? resource=string! divisor=Quantity?
FCVolumeSource targetWWNs=[]string? lun=*int32? fsType=string? readOnly=bool? wwids=[]string?
AzureFileVolumeSource secretName=string! shareName=string! readOnly=bool?
ConfigMapVolumeSource :LocalObjectReference items=[]KeyToPath? defaultMode=*int32? optional=*bool?
VsphereVirtualDiskVolumeSource volumePath=string! fsType=string? storagePolicyName=string? storagePolicyID=string?
QuobyteVolumeSource registry=string! volume=string! readOnly=bool? user=string? group=string? tenant=string?
AzureDiskVolumeSource diskName=string! diskURI=string! cachingMode=*AzureDataDiskCachingMode? fsType=*string? readOnly=*bool? kind=*AzureDataDiskKind?
PhotonPersistentDiskVolumeSource pdID=string! fsType=string?
ProjectedVolumeSource sources=[]VolumeProjection defaultMode=*int32?
VolumeProjection secret=*SecretProjection? downwardAPI=*DownwardAPIProjection? configMap=*ConfigMapProjection? serviceAccountToken=*ServiceAccountTokenProjection? clusterTrustBundle=*ClusterTrustBundleProjection? podCertificate=*PodCertificateProjection?
SecretProjection :LocalObjectReference items=[]KeyToPath? optional=*bool?
DownwardAPIProjection items=[]DownwardAPIVolumeFile?
ConfigMapProjection :LocalObjectReference items=[]KeyToPath? optional=*bool?
ServiceAccountTokenProjection audience=string? expirationSeconds=*int64? path=string!
ClusterTrustBundleProjection name=*string? signerName=*string? labelSelector=*LabelSelector? optional=*bool? path=string!
LabelSelector matchLabels=map[string]string? matchExpressions=[]LabelSelectorRequirement?
LabelSelectorRequirement key=string! operator=LabelSelectorOperator! values=[]string?
PodCertificateProjection signerName=string!? keyType=string!? maxExpirationSeconds=*int32? credentialBundlePath=string? keyPath=string? certificateChainPath=string? userAnnotations=map[string]string?
PortworxVolumeSource volumeID=string! fsType=string? readOnly=bool?
ScaleIOVolumeSource gateway=string! system=string! secretRef=*LocalObjectReference! sslEnabled=bool? protectionDomain=string? storagePool=string? storageMode=string? volumeName=string? fsType=string? readOnly=bool?
StorageOSVolumeSource volumeName=string? volumeNamespace=string? fsType=string? readOnly=bool? secretRef=*LocalObjectReference?
CSIVolumeSource driver=string! readOnly=*bool? fsType=*string? volumeAttributes=map[string]string? nodePublishSecretRef=*LocalObjectReference?
EphemeralVolumeSource volumeClaimTemplate=*PersistentVolumeClaimTemplate?
PersistentVolumeClaimTemplate metadata=ObjectMeta? spec=PersistentVolumeClaimSpec!
PersistentVolumeClaimSpec accessModes=[]PersistentVolumeAccessMode? selector=*LabelSelector? resources=VolumeResourceRequirements? volumeName=string? storageClassName=*string? volumeMode=*PersistentVolumeMode? dataSource=*TypedLocalObjectReference? dataSourceRef=*TypedObjectReference? volumeAttributesClassName=*string?
VolumeResourceRequirements limits=ResourceList? requests=ResourceList?
TypedLocalObjectReference apiGroup=*string kind=string! name=string!
TypedObjectReference apiGroup=*string kind=string! name=string! namespace=*string?
ImageVolumeSource reference=string? pullPolicy=PullPolicy?
Container name=string! image=string? command=[]string? args=[]string? workingDir=string? ports=[]ContainerPort?@containerPort envFrom=[]EnvFromSource? env=[]EnvVar?@name resources=ResourceRequirements? resizePolicy=[]ContainerResizePolicy? restartPolicy=*ContainerRestartPolicy? restartPolicyRules=[]ContainerRestartRule? volumeMounts=[]VolumeMount?@mountPath volumeDevices=[]VolumeDevice?@devicePath livenessProbe=*Probe? readinessProbe=*Probe? startupProbe=*Probe? lifecycle=*Lifecycle? terminationMessagePath=string? terminationMessagePolicy=TerminationMessagePolicy? imagePullPolicy=PullPolicy? securityContext=*SecurityContext? stdin=bool? stdinOnce=bool? tty=bool?
ContainerPort name=string? hostPort=int32? containerPort=int32! protocol=Protocol? hostIP=string?
EnvFromSource prefix=string? configMapRef=*ConfigMapEnvSource? secretRef=*SecretEnvSource?
ConfigMapEnvSource :LocalObjectReference optional=*bool?
SecretEnvSource :LocalObjectReference optional=*bool?
EnvVar name=string! value=string? valueFrom=*EnvVarSource?
EnvVarSource fieldRef=*ObjectFieldSelector? resourceFieldRef=*ResourceFieldSelector? configMapKeyRef=*ConfigMapKeySelector? secretKeyRef=*SecretKeySelector? fileKeyRef=*FileKeySelector?
ConfigMapKeySelector :LocalObjectReference key=string! optional=*bool?
SecretKeySelector :LocalObjectReference key=string! optional=*bool?
FileKeySelector volumeName=string! path=string! key=string! optional=*bool?
ResourceRequirements limits=ResourceList? requests=ResourceList? claims=[]ResourceClaim?
ResourceClaim name=string! request=string?
ContainerResizePolicy resourceName=ResourceName! restartPolicy=ResourceResizeRestartPolicy!
ContainerRestartRule action=ContainerRestartRuleAction!? exitCodes=*ContainerRestartRuleOnExitCodes?
ContainerRestartRuleOnExitCodes operator=ContainerRestartRuleOnExitCodesOperator!? values=[]int32?
VolumeMount name=string! readOnly=bool? recursiveReadOnly=*RecursiveReadOnlyMode? mountPath=string! subPath=string? mountPropagation=*MountPropagationMode? subPathExpr=string?
VolumeDevice name=string! devicePath=string!
Probe :ProbeHandler initialDelaySeconds=int32? timeoutSeconds=int32? periodSeconds=int32? successThreshold=int32? failureThreshold=int32? terminationGracePeriodSeconds=*int64?
ProbeHandler exec=*ExecAction? httpGet=*HTTPGetAction? tcpSocket=*TCPSocketAction? grpc=*GRPCAction?
ExecAction command=[]string?
HTTPGetAction path=string? port=IntOrString! host=string? scheme=URIScheme? httpHeaders=[]HTTPHeader?
HTTPHeader name=string! value=string!
TCPSocketAction port=IntOrString! host=string?
GRPCAction port=int32! service=*string
Lifecycle postStart=*LifecycleHandler? preStop=*LifecycleHandler? stopSignal=*Signal?
LifecycleHandler exec=*ExecAction? httpGet=*HTTPGetAction? tcpSocket=*TCPSocketAction? sleep=*SleepAction?
SleepAction seconds=int64!
SecurityContext capabilities=*Capabilities? privileged=*bool? seLinuxOptions=*SELinuxOptions? windowsOptions=*WindowsSecurityContextOptions? runAsUser=*int64? runAsGroup=*int64? runAsNonRoot=*bool? readOnlyRootFilesystem=*bool? allowPrivilegeEscalation=*bool? procMount=*ProcMountType? seccompProfile=*SeccompProfile? appArmorProfile=*AppArmorProfile?
Capabilities add=[]Capability? drop=[]Capability?
SELinuxOptions user=string? role=string? type=string? level=string?
WindowsSecurityContextOptions gmsaCredentialSpecName=*string? gmsaCredentialSpec=*string? runAsUserName=*string? hostProcess=*bool?
SeccompProfile type=SeccompProfileType! localhostProfile=*string?
AppArmorProfile type=AppArmorProfileType! localhostProfile=*string?
EphemeralContainer :EphemeralContainerCommon targetContainerName=string?
EphemeralContainerCommon name=string image=string? command=[]string? args=[]string? workingDir=string? ports=[]ContainerPort?@containerPort envFrom=[]EnvFromSource? env=[]EnvVar?@name resources=ResourceRequirements? resizePolicy=[]ContainerResizePolicy? restartPolicy=*ContainerRestartPolicy? restartPolicyRules=[]ContainerRestartRule? volumeMounts=[]VolumeMount?@mountPath volumeDevices=[]VolumeDevice?@devicePath livenessProbe=*Probe? readinessProbe=*Probe? startupProbe=*Probe? lifecycle=*Lifecycle? terminationMessagePath=string? terminationMessagePolicy=TerminationMessagePolicy? imagePullPolicy=PullPolicy? securityContext=*SecurityContext? stdin=bool? stdinOnce=bool? tty=bool?
PodSecurityContext seLinuxOptions=*SELinuxOptions? windowsOptions=*WindowsSecurityContextOptions? runAsUser=*int64? runAsGroup=*int64? runAsNonRoot=*bool? supplementalGroups=[]int64? supplementalGroupsPolicy=*SupplementalGroupsPolicy? fsGroup=*int64? sysctls=[]Sysctl? fsGroupChangePolicy=*PodFSGroupChangePolicy? seccompProfile=*SeccompProfile? appArmorProfile=*AppArmorProfile? seLinuxChangePolicy=*PodSELinuxChangePolicy?
Sysctl name=string! value=string!
Affinity nodeAffinity=*NodeAffinity? podAffinity=*PodAffinity? podAntiAffinity=*PodAntiAffinity?
NodeAffinity requiredDuringSchedulingIgnoredDuringExecution=*NodeSelector? preferredDuringSchedulingIgnoredDuringExecution=[]PreferredSchedulingTerm?
NodeSelector nodeSelectorTerms=[]NodeSelectorTerm!
NodeSelectorTerm matchExpressions=[]NodeSelectorRequirement? matchFields=[]NodeSelectorRequirement?
NodeSelectorRequirement key=string! operator=NodeSelectorOperator! values=[]string?
PreferredSchedulingTerm weight=int32! preference=NodeSelectorTerm!
PodAffinity requiredDuringSchedulingIgnoredDuringExecution=[]PodAffinityTerm? preferredDuringSchedulingIgnoredDuringExecution=[]WeightedPodAffinityTerm?
PodAffinityTerm labelSelector=*LabelSelector? namespaces=[]string? topologyKey=string! namespaceSelector=*LabelSelector? matchLabelKeys=[]string? mismatchLabelKeys=[]string?
WeightedPodAffinityTerm weight=int32! podAffinityTerm=PodAffinityTerm!
PodAntiAffinity requiredDuringSchedulingIgnoredDuringExecution=[]PodAffinityTerm? preferredDuringSchedulingIgnoredDuringExecution=[]WeightedPodAffinityTerm?
Toleration key=string? operator=TolerationOperator? value=string? effect=TaintEffect? tolerationSeconds=*int64?
HostAlias ip=string! hostnames=[]string?
PodDNSConfig nameservers=[]string? searches=[]string? options=[]PodDNSConfigOption?
PodDNSConfigOption name=string? value=*string?
PodReadinessGate conditionType=PodConditionType!
TopologySpreadConstraint maxSkew=int32! topologyKey=string! whenUnsatisfiable=UnsatisfiableConstraintAction! labelSelector=*LabelSelector? minDomains=*int32? nodeAffinityPolicy=*NodeInclusionPolicy? nodeTaintsPolicy=*NodeInclusionPolicy? matchLabelKeys=[]string?
PodOS name=OSName!
PodSchedulingGate name=string!
PodResourceClaim name=string! resourceClaimName=*string? resourceClaimTemplateName=*string?
PodSchedulingGroup podGroupName=*string?
PodStatus observedGeneration=int64? phase=PodPhase? conditions=[]PodCondition?@type message=string? reason=string? nominatedNodeName=string? hostIP=string? hostIPs=[]HostIP?@ip podIP=string? podIPs=[]PodIP?@ip startTime=*Time? initContainerStatuses=[]ContainerStatus? containerStatuses=[]ContainerStatus? qosClass=PodQOSClass? ephemeralContainerStatuses=[]ContainerStatus? resize=PodResizeStatus? resourceClaimStatuses=[]PodResourceClaimStatus?@name extendedResourceClaimStatus=*PodExtendedResourceClaimStatus? allocatedResources=ResourceList? resources=*ResourceRequirements? nodeAllocatableResourceClaimStatuses=[]NodeAllocatableResourceClaimStatus?
PodCondition type=PodConditionType! observedGeneration=int64? status=ConditionStatus! lastProbeTime=Time? lastTransitionTime=Time? reason=string? message=string?
HostIP ip=string!
PodIP ip=string!
ContainerStatus name=string! state=ContainerState? lastState=ContainerState? ready=bool! restartCount=int32! image=string! imageID=string! containerID=string? started=*bool? allocatedResources=ResourceList? resources=*ResourceRequirements? volumeMounts=[]VolumeMountStatus?@mountPath user=*ContainerUser? allocatedResourcesStatus=[]ResourceStatus?@name stopSignal=*Signal?
ContainerState waiting=*ContainerStateWaiting? running=*ContainerStateRunning? terminated=*ContainerStateTerminated?
ContainerStateWaiting reason=string? message=string?
ContainerStateRunning startedAt=Time?
ContainerStateTerminated exitCode=int32! signal=int32? reason=string? message=string? startedAt=Time? finishedAt=Time? containerID=string?
VolumeMountStatus name=string! mountPath=string! readOnly=bool? recursiveReadOnly=*RecursiveReadOnlyMode? volumeStatus=*VolumeStatus?
VolumeStatus image=*ImageVolumeStatus?
ImageVolumeStatus imageRef=string!?
ContainerUser linux=*LinuxContainerUser?
LinuxContainerUser uid=int64! gid=int64! supplementalGroups=[]int64?
ResourceStatus name=ResourceName! resources=[]ResourceHealth?
ResourceHealth resourceID=ResourceID! health=ResourceHealthStatus? message=*string?
PodResourceClaimStatus name=string! resourceClaimName=*string?
PodExtendedResourceClaimStatus requestMappings=[]ContainerExtendedResourceRequest! resourceClaimName=string!
ContainerExtendedResourceRequest containerName=string! resourceName=string! requestName=string!
NodeAllocatableResourceClaimStatus resourceClaimName=string! containers=[]string? resources=map[ResourceName]Quantity!
ReplicationController :TypeMeta metadata=ObjectMeta? spec=ReplicationControllerSpec? status=ReplicationControllerStatus?
ReplicationControllerSpec replicas=*int32? minReadySeconds=int32? selector=map[string]string? template=*PodTemplateSpec?
PodTemplateSpec metadata=ObjectMeta? spec=PodSpec?
ReplicationControllerStatus replicas=int32! fullyLabeledReplicas=int32? readyReplicas=int32? availableReplicas=int32? observedGeneration=int64? conditions=[]ReplicationControllerCondition?@type
ReplicationControllerCondition type=ReplicationControllerConditionType! status=ConditionStatus! lastTransitionTime=Time? reason=string? message=string?
PodTemplate :TypeMeta metadata=ObjectMeta? template=PodTemplateSpec?
ServiceAccount :TypeMeta metadata=ObjectMeta? secrets=[]ObjectReference?@name imagePullSecrets=[]LocalObjectReference? automountServiceAccountToken=*bool?
PersistentVolumeClaim :TypeMeta metadata=ObjectMeta? spec=PersistentVolumeClaimSpec? status=PersistentVolumeClaimStatus?
PersistentVolumeClaimStatus phase=PersistentVolumeClaimPhase? accessModes=[]PersistentVolumeAccessMode? capacity=ResourceList? conditions=[]PersistentVolumeClaimCondition?@type allocatedResources=ResourceList? allocatedResourceStatuses=map[ResourceName]ClaimResourceStatus? currentVolumeAttributesClassName=*string? modifyVolumeStatus=*ModifyVolumeStatus?
PersistentVolumeClaimCondition type=PersistentVolumeClaimConditionType! status=ConditionStatus! lastProbeTime=Time? lastTransitionTime=Time? reason=string? message=string?
ModifyVolumeStatus targetVolumeAttributesClassName=string? status=PersistentVolumeClaimModifyVolumeStatus!
Deployment :TypeMeta metadata=ObjectMeta? spec=DeploymentSpec? status=DeploymentStatus?
DeploymentSpec replicas=*int32? selector=*LabelSelector! template=PodTemplateSpec! strategy=DeploymentStrategy? minReadySeconds=int32? revisionHistoryLimit=*int32? paused=bool? progressDeadlineSeconds=*int32?
DeploymentStrategy type=DeploymentStrategyType? rollingUpdate=*RollingUpdateDeployment?
RollingUpdateDeployment maxUnavailable=*IntOrString? maxSurge=*IntOrString?
DeploymentStatus observedGeneration=int64? replicas=int32? updatedReplicas=int32? readyReplicas=int32? availableReplicas=int32? unavailableReplicas=int32? terminatingReplicas=*int32? conditions=[]DeploymentCondition?@type collisionCount=*int32?
DeploymentCondition type=DeploymentConditionType! status=ConditionStatus! lastUpdateTime=Time? lastTransitionTime=Time? reason=string? message=string?
StatefulSet :TypeMeta metadata=ObjectMeta? spec=StatefulSetSpec? status=StatefulSetStatus?
StatefulSetSpec replicas=*int32? selector=*LabelSelector! template=PodTemplateSpec! volumeClaimTemplates=[]PersistentVolumeClaim? serviceName=string podManagementPolicy=PodManagementPolicyType? updateStrategy=StatefulSetUpdateStrategy? revisionHistoryLimit=*int32? minReadySeconds=int32? persistentVolumeClaimRetentionPolicy=*StatefulSetPersistentVolumeClaimRetentionPolicy? ordinals=*StatefulSetOrdinals?
StatefulSetUpdateStrategy type=StatefulSetUpdateStrategyType? rollingUpdate=*RollingUpdateStatefulSetStrategy?
RollingUpdateStatefulSetStrategy partition=*int32? maxUnavailable=*IntOrString?
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted=PersistentVolumeClaimRetentionPolicyType? whenScaled=PersistentVolumeClaimRetentionPolicyType?
StatefulSetOrdinals start=int32
StatefulSetStatus observedGeneration=int64? replicas=int32! readyReplicas=int32? currentReplicas=int32? updatedReplicas=int32? currentRevision=string? updateRevision=string? collisionCount=*int32? conditions=[]StatefulSetCondition?@type availableReplicas=int32
StatefulSetCondition type=StatefulSetConditionType! status=ConditionStatus! lastTransitionTime=Time? reason=string? message=string?
DaemonSet :TypeMeta metadata=ObjectMeta? spec=DaemonSetSpec? status=DaemonSetStatus?
DaemonSetSpec selector=*LabelSelector! template=PodTemplateSpec! updateStrategy=DaemonSetUpdateStrategy? minReadySeconds=int32? revisionHistoryLimit=*int32?
DaemonSetUpdateStrategy type=DaemonSetUpdateStrategyType? rollingUpdate=*RollingUpdateDaemonSet?
RollingUpdateDaemonSet maxUnavailable=*IntOrString? maxSurge=*IntOrString?
DaemonSetStatus currentNumberScheduled=int32! numberMisscheduled=int32! desiredNumberScheduled=int32! numberReady=int32! observedGeneration=int64? updatedNumberScheduled=int32? numberAvailable=int32? numberUnavailable=int32? collisionCount=*int32? conditions=[]DaemonSetCondition?@type
DaemonSetCondition type=DaemonSetConditionType! status=ConditionStatus! lastTransitionTime=Time? reason=string? message=string?
ReplicaSet :TypeMeta metadata=ObjectMeta? spec=ReplicaSetSpec? status=ReplicaSetStatus?
ReplicaSetSpec replicas=*int32? minReadySeconds=int32? selector=*LabelSelector! template=PodTemplateSpec?
ReplicaSetStatus replicas=int32! fullyLabeledReplicas=int32? readyReplicas=int32? availableReplicas=int32? terminatingReplicas=*int32? observedGeneration=int64? conditions=[]ReplicaSetCondition?@type
ReplicaSetCondition type=ReplicaSetConditionType! status=ConditionStatus! lastTransitionTime=Time? reason=string? message=string?
Job :TypeMeta metadata=ObjectMeta? spec=JobSpec? status=JobStatus?
JobSpec parallelism=*int32? completions=*int32? activeDeadlineSeconds=*int64? podFailurePolicy=*PodFailurePolicy? successPolicy=*SuccessPolicy? backoffLimit=*int32? backoffLimitPerIndex=*int32? maxFailedIndexes=*int32? selector=*LabelSelector? manualSelector=*bool? template=PodTemplateSpec! ttlSecondsAfterFinished=*int32? completionMode=*CompletionMode? suspend=*bool? podReplacementPolicy=*PodReplacementPolicy? managedBy=*string?
PodFailurePolicy rules=[]PodFailurePolicyRule!
PodFailurePolicyRule action=PodFailurePolicyAction! onExitCodes=*PodFailurePolicyOnExitCodesRequirement? onPodConditions=[]PodFailurePolicyOnPodConditionsPattern?
PodFailurePolicyOnExitCodesRequirement containerName=*string? operator=PodFailurePolicyOnExitCodesOperator! values=[]int32!
PodFailurePolicyOnPodConditionsPattern type=PodConditionType! status=ConditionStatus
SuccessPolicy rules=[]SuccessPolicyRule!
SuccessPolicyRule succeededIndexes=*string? succeededCount=*int32?
JobStatus conditions=[]JobCondition?@type startTime=*Time? completionTime=*Time? active=int32? succeeded=int32? failed=int32? terminating=*int32? completedIndexes=string? failedIndexes=*string? uncountedTerminatedPods=*UncountedTerminatedPods? ready=*int32?
JobCondition type=JobConditionType! status=ConditionStatus! lastProbeTime=Time? lastTransitionTime=Time? reason=string? message=string?
UncountedTerminatedPods succeeded=[]types.UID? failed=[]types.UID?
CronJob :TypeMeta metadata=ObjectMeta? spec=CronJobSpec!? status=CronJobStatus?
CronJobSpec schedule=string! timeZone=*string? startingDeadlineSeconds=*int64? concurrencyPolicy=ConcurrencyPolicy? suspend=*bool? jobTemplate=JobTemplateSpec! successfulJobsHistoryLimit=*int32? failedJobsHistoryLimit=*int32?
JobTemplateSpec metadata=ObjectMeta? spec=JobSpec?
CronJobStatus active=[]ObjectReference? lastScheduleTime=*Time? lastSuccessfulTime=*Time?
EndpointSlice :TypeMeta metadata=ObjectMeta? addressType=AddressType! endpoints=[]Endpoint ports=[]discovery.EndpointPort
Endpoint addresses=[]string! conditions=EndpointConditions? hostname=*string? targetRef=*ObjectReference? deprecatedTopology=map[string]string? nodeName=*string? zone=*string? hints=*EndpointHints?
EndpointConditions ready=*bool? serving=*bool? terminating=*bool?
EndpointHints forZones=[]ForZone? forNodes=[]ForNode?
ForZone name=string!
ForNode name=string!
discovery.EndpointPort name=*string? protocol=*Protocol? port=*int32? appProtocol=*string?
Ingress :TypeMeta metadata=ObjectMeta? spec=IngressSpec? status=IngressStatus?
IngressSpec ingressClassName=*string? defaultBackend=*IngressBackend? tls=[]IngressTLS? rules=[]IngressRule?
IngressBackend service=*IngressServiceBackend? resource=*TypedLocalObjectReference?
IngressServiceBackend name=string! port=ServiceBackendPort?
ServiceBackendPort name=string? number=int32?
IngressTLS hosts=[]string? secretName=string?
IngressRule host=string? :IngressRuleValue
IngressRuleValue http=*HTTPIngressRuleValue?
HTTPIngressRuleValue paths=[]HTTPIngressPath!
HTTPIngressPath path=string? pathType=*PathType! backend=IngressBackend!
IngressStatus loadBalancer=IngressLoadBalancerStatus?
IngressLoadBalancerStatus ingress=[]IngressLoadBalancerIngress?
IngressLoadBalancerIngress ip=string? hostname=string? ports=[]IngressPortStatus?
IngressPortStatus port=int32! protocol=Protocol! error=*string?
IngressClass :TypeMeta metadata=ObjectMeta? spec=IngressClassSpec?
IngressClassSpec controller=string? parameters=*IngressClassParametersReference?
IngressClassParametersReference apiGroup=*string? kind=string! name=string! scope=*string namespace=*string?
NetworkPolicy :TypeMeta metadata=ObjectMeta? spec=NetworkPolicySpec?
NetworkPolicySpec podSelector=LabelSelector ingress=[]NetworkPolicyIngressRule? egress=[]NetworkPolicyEgressRule? policyTypes=[]PolicyType?
NetworkPolicyIngressRule ports=[]NetworkPolicyPort? from=[]NetworkPolicyPeer?
NetworkPolicyPort protocol=*Protocol? port=*IntOrString? endPort=*int32?
NetworkPolicyPeer podSelector=*LabelSelector? namespaceSelector=*LabelSelector? ipBlock=*IPBlock?
IPBlock cidr=string! except=[]string?
NetworkPolicyEgressRule ports=[]NetworkPolicyPort? to=[]NetworkPolicyPeer?
IPAddress :TypeMeta metadata=ObjectMeta? spec=IPAddressSpec!?
IPAddressSpec parentRef=*ParentReference!?
ParentReference group=string? resource=string!? namespace=string? name=string!?
ServiceCIDR :TypeMeta metadata=ObjectMeta? spec=ServiceCIDRSpec? status=ServiceCIDRStatus?
ServiceCIDRSpec cidrs=[]string?
ServiceCIDRStatus conditions=[]Condition?@type`;
