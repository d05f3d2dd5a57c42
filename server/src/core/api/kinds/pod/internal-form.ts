import type { NodeSelectorTerm, PodResourceClaim, SeccompProfile, SecurityContext } from './types.ts';

/**
 * Some messages print objects as the server holds them inside: with the names of its own code, and every field
 * (pkg/apis/core/types.go).
 */

/** A PodResourceClaim. */
export function printedClaim({ name = '', resourceClaimName, resourceClaimTemplateName }: PodResourceClaim): unknown {
  return {
    Name: name,
    ResourceClaimName: resourceClaimName ?? null,
    ResourceClaimTemplateName: resourceClaimTemplateName ?? null,
  };
}

/** A SeccompProfile, or an AppArmorProfile. */
export function printedProfile({ type = '', localhostProfile }: SeccompProfile): unknown {
  return { Type: type, LocalhostProfile: localhostProfile ?? null };
}

/** A container's SecurityContext. */
export function printedSecurityContext(context: SecurityContext): unknown {
  const { capabilities, seLinuxOptions: selinux, windowsOptions: windows, seccompProfile, appArmorProfile } = context;
  return {
    Capabilities:
      capabilities === undefined ? null : { Add: capabilities.add ?? null, Drop: capabilities.drop ?? null },
    Privileged: context.privileged ?? null,
    SELinuxOptions:
      selinux === undefined
        ? null
        : {
            User: selinux['user'] ?? '',
            Role: selinux['role'] ?? '',
            Type: selinux['type'] ?? '',
            Level: selinux['level'] ?? '',
          },
    WindowsOptions:
      windows === undefined
        ? null
        : {
            GMSACredentialSpecName: windows.gmsaCredentialSpecName ?? null,
            GMSACredentialSpec: windows.gmsaCredentialSpec ?? null,
            RunAsUserName: windows.runAsUserName ?? null,
            HostProcess: windows.hostProcess ?? null,
          },
    RunAsUser: context.runAsUser ?? null,
    RunAsGroup: context.runAsGroup ?? null,
    RunAsNonRoot: context.runAsNonRoot ?? null,
    ReadOnlyRootFilesystem: context.readOnlyRootFilesystem ?? null,
    AllowPrivilegeEscalation: context.allowPrivilegeEscalation ?? null,
    ProcMount: context.procMount ?? null,
    SeccompProfile: seccompProfile === undefined ? null : printedProfile(seccompProfile),
    AppArmorProfile: appArmorProfile === undefined ? null : printedProfile(appArmorProfile),
  };
}

/** A NodeSelectorTerm. */
export function printedTerm({ matchExpressions, matchFields }: NodeSelectorTerm): unknown {
  const requirements = (list: NodeSelectorTerm['matchFields']) =>
    list?.map(({ key = '', operator = '', values }) => ({ Key: key, Operator: operator, Values: values ?? null })) ??
    null;
  return { MatchExpressions: requirements(matchExpressions), MatchFields: requirements(matchFields) };
}
