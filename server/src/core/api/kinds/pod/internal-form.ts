import type { PodResourceClaim, SeccompProfile, SecurityContext } from './types.ts';

/**
 * Some messages print objects as the server holds them inside: with the names of its own code, and every field
 * (pkg/apis/core/types.go).
 */

export function printedClaim({ name = '', resourceClaimName, resourceClaimTemplateName }: PodResourceClaim): unknown {
  return {
    Name: name,
    ResourceClaimName: resourceClaimName ?? null,
    ResourceClaimTemplateName: resourceClaimTemplateName ?? null,
  };
}

export function printedSeccomp({ type = '', localhostProfile }: SeccompProfile): unknown {
  return { Type: type, LocalhostProfile: localhostProfile ?? null };
}

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
    SeccompProfile: seccompProfile === undefined ? null : printedSeccomp(seccompProfile),
    AppArmorProfile: appArmorProfile === undefined ? null : printedSeccomp(appArmorProfile),
  };
}
