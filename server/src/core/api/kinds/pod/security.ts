import { each, inRange, MAXIMUM_INT32, oneOf, optional, repeatsIn, requiredThen } from '../../field-checks.ts';
import {
  duplicate,
  type Errors,
  invalid,
  invalidPrinted,
  invalidText,
  mostErrorsPrinting,
  required,
  tooLong,
} from '../../field-error.ts';
import { byteLength, goJson, trimSpace } from '../../go-text.ts';
import { dnsSubdomainProblems } from '../../names.ts';
import type { Path } from '../../path.ts';
import { descendingPathErrors } from './file-paths.ts';
import { printedProfile, printedSecurityContext } from './internal-form.ts';
import { containersOf } from './placed-containers.ts';
import type { PodSecurityContext, PodSpec, SeccompProfile, SecurityContext, WindowsOptions } from './types.ts';

const IDS = [0, MAXIMUM_INT32] as const;

function idErrors(id: number | undefined, path: Path): Errors {
  return optional(id, (value) => inRange(value, IDS, path));
}

/** Errors of a container's security context (pkg/apis/core/validation, ValidateSecurityContext). `hostUsers` is whether the Pod shares the users of its node. */
export function securityContextErrors(
  context: SecurityContext | undefined,
  { hostUsers }: Pick<PodSpec, 'hostUsers'>,
  path: Path,
): Errors {
  if (context === undefined) return [];
  return [
    ...idErrors(context.runAsUser, path.child('runAsUser')),
    ...idErrors(context.runAsGroup, path.child('runAsGroup')),
    ...optional(context.procMount, (mount) => procMountErrors(mount, hostUsers, path.child('procMount'))),
    ...seccompErrors(context.seccompProfile, path.child('seccompProfile')),
    ...escalationErrors(context, path),
    ...windowsErrors(context.windowsOptions, path.child('windowsOptions')),
    ...appArmorErrors(context.appArmorProfile, path.child('appArmorProfile')),
  ];
}

function procMountErrors(mount: string, hostUsers: boolean | undefined, path: Path): Errors {
  const isShared = hostUsers !== false && mount === 'Unmasked';
  return [
    ...oneOf(mount, ['Default', 'Unmasked'], path),
    ...(isShared ? [invalid(path, mount, '`hostUsers` must be false to use `Unmasked`')] : []),
  ];
}

function escalationErrors(context: SecurityContext, path: Path): Errors {
  if (context.allowPrivilegeEscalation !== false) return [];
  const admin = (context.capabilities?.add ?? []).filter((capability) => capability === 'CAP_SYS_ADMIN');
  const reasons = [
    ...(context.privileged === true ? ['`privileged` to true'] : []),
    ...admin.map(() => '`capabilities.Add` CAP_SYS_ADMIN'),
  ];
  const text = goJson(printedSecurityContext(context));
  return reasons
    .slice(0, mostErrorsPrinting(text))
    .map((reason) => invalidPrinted(path, text, `cannot set \`allowPrivilegeEscalation\` to false and ${reason}`));
}

/** Errors of a Pod's security context (validatePodSpecSecurityContext). */
export function podSecurityErrors(spec: PodSpec, path: Path): Errors {
  const context = spec.securityContext;
  if (context === undefined) return [];
  const shares = spec.shareProcessNamespace === true && spec.hostPID === true;
  const sharing = 'ShareProcessNamespace and HostPID cannot both be enabled';
  return [
    ...idErrors(context.fsGroup, path.child('fsGroup')),
    ...idErrors(context.runAsUser, path.child('runAsUser')),
    ...idErrors(context.runAsGroup, path.child('runAsGroup')),
    ...each(context.supplementalGroups, path.child('supplementalGroups'), (id, at) => idErrors(id, at)),
    ...(shares ? [invalid(path.child('shareProcessNamespace'), true, sharing)] : []),
    ...sysctlErrors(context.sysctls ?? [], spec, path.child('sysctls')),
    ...oneOf(context.fsGroupChangePolicy, ['Always', 'OnRootMismatch'], path.child('fsGroupChangePolicy')),
    ...seccompErrors(context.seccompProfile, path.child('seccompProfile')),
    ...windowsErrors(context.windowsOptions, path.child('windowsOptions')),
    ...appArmorErrors(context.appArmorProfile, path.child('appArmorProfile')),
    ...oneOf(context.supplementalGroupsPolicy, ['Merge', 'Strict'], path.child('supplementalGroupsPolicy')),
    ...oneOf(context.seLinuxChangePolicy, ['Recursive'], path.child('seLinuxChangePolicy')),
  ];
}

const SYSCTL_SEGMENT = '[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const SYSCTL = `^(${SYSCTL_SEGMENT}[\\./])*${SYSCTL_SEGMENT}$`;
const SYSCTL_PATTERN = new RegExp(SYSCTL);

function sysctlErrors(sysctls: NonNullable<PodSecurityContext['sysctls']>, spec: PodSpec, path: Path): Errors {
  const repeats = repeatsIn(sysctls.map(({ name = '' }) => name));
  return sysctls.flatMap(({ name = '' }, index) => {
    const at = path.index(index).child('name');
    const nameErrors = requiredThen(name, at, sysctlNameErrors);
    return [
      ...nameErrors,
      ...(nameErrors.length === 0 && repeats.has(index) ? [duplicate(at, name)] : []),
      ...hostSysctlErrors(name, spec, at),
    ];
  });
}

function sysctlNameErrors(name: string, path: Path): Errors {
  if (byteLength(name) <= 253 && SYSCTL_PATTERN.test(name)) return [];
  return [invalid(path, name, `must have at most 253 characters and match regex ${SYSCTL}`)];
}

const IPC_SYSCTL = /^(kernel\.(sem|shmall|shmmax|shmmni|shm_rmid_forced|shm|msgmax|msgmnb|msgmni|msg)|fs\.mqueue\..*)$/;

/** A setting of a namespace that the Pod shares with its node. */
function hostSysctlErrors(name: string, { hostNetwork, hostIPC }: PodSpec, path: Path): Errors {
  const [key = ''] = normalizedSysctl(name).split('*');
  if (hostNetwork === true && /^net(\.|$)/.test(key)) {
    return [invalid(path, name, "may not be specified when 'hostNetwork' is true")];
  }
  if (hostIPC !== true || !IPC_SYSCTL.test(key)) return [];
  return [invalid(path, name, "may not be specified when 'hostIPC' is true")];
}

/** With dots between its parts; a name that starts with slashes has them the other way round. */
function normalizedSysctl(name: string): string {
  const first = /[./]/.exec(name)?.[0];
  if (first !== '/') return name;
  return name.replaceAll(/[./]/g, (separator) => (separator === '/' ? '.' : '/'));
}

const PROFILE_TYPES = ['Localhost', 'RuntimeDefault', 'Unconfined'];

/** Errors of the system calls that are allowed (validateSeccompProfileField). */
function seccompErrors(profile: SeccompProfile | undefined, path: Path): Errors {
  if (profile === undefined) return [];
  const { type = '', localhostProfile } = profile;
  const typePath = path.child('type');
  const filePath = path.child('localhostProfile');
  const missing = 'must be set when seccomp type is Localhost';
  const needless = 'can only be set when seccomp type is Localhost';
  const typeErrors =
    type === ''
      ? [required(typePath, 'type is required when seccompProfile is set')]
      : oneOf(type, PROFILE_TYPES, typePath);
  if (type === 'Localhost') {
    const file =
      localhostProfile === undefined ? [required(filePath, missing)] : descendingPathErrors(localhostProfile, filePath);
    return [...typeErrors, ...file];
  }
  return localhostProfile === undefined
    ? typeErrors
    : [...typeErrors, invalid(filePath, printedProfile(profile), needless)];
}

/** Errors of an AppArmor profile (ValidateAppArmorProfileField). */
export function appArmorErrors(profile: SeccompProfile | undefined, path: Path): Errors {
  if (profile === undefined) return [];
  const { type = '', localhostProfile: file } = profile;
  const typePath = path.child('type');
  const filePath = path.child('localhostProfile');
  if (type === 'Localhost') return localProfileErrors(file, filePath);
  if (type === '') return [required(typePath, 'type is required when appArmorProfile is set')];
  if (!PROFILE_TYPES.includes(type)) return oneOf(type, PROFILE_TYPES, typePath);
  return file === undefined ? [] : [invalidText(filePath, file, 'can only be set when AppArmor type is Localhost')];
}

function localProfileErrors(file: string | undefined, path: Path): Errors {
  if (file === undefined || file === '') return [required(path, 'must be set when AppArmor type is Localhost')];
  const padded = trimSpace(file) === file ? [] : [invalid(path, file, 'must not be padded with whitespace')];
  return byteLength(file) > 4095 ? [...padded, tooLong(path, 4095)] : padded;
}

/** Errors of what only Windows knows (validateWindowsSecurityContextOptions). */
function windowsErrors(options: WindowsOptions | undefined, path: Path): Errors {
  if (options === undefined) return [];
  const { gmsaCredentialSpecName: specName, gmsaCredentialSpec: spec, runAsUserName: user } = options;
  const specPath = path.child('gmsaCredentialSpec');
  const userPath = path.child('runAsUserName');
  return [
    ...optional(specName, (name) =>
      dnsSubdomainProblems(name).map((problem) => invalidText(path.child('gmsaCredentialSpecName'), name, problem)),
    ),
    ...(spec === '' ? [invalid(specPath, spec, 'gmsaCredentialSpec cannot be an empty string')] : []),
    ...(spec !== undefined && byteLength(spec) > 65536
      ? [invalidText(specPath, spec, 'gmsaCredentialSpec size must be under 64 KiB')]
      : []),
    ...optional(user, (name) =>
      windowsUserProblems(name).map((problem) => invalidText(userPath, name, `runAsUserName${problem}`)),
    ),
  ];
}

const NETBIOS = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/u;
const DNS_PART = '[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';
const WINDOWS_DOMAIN = new RegExp(`^${DNS_PART}(?:\\.${DNS_PART})*$`);

function windowsUserProblems(name: string): readonly string[] {
  if (name === '') return [' cannot be an empty string'];
  if ([...name].some((character) => character < ' ' || character === '\u007f'))
    return [' cannot contain control characters'];
  const parts = name.split('\\');
  if (parts.length > 2) return [' cannot contain more than one backslash'];
  const user = parts.at(-1) ?? '';
  const domain = parts.length === 2 ? parts[0] : undefined;
  return [...windowsDomainProblems(domain), ...windowsNameProblems(user)];
}

function windowsDomainProblems(domain: string | undefined): readonly string[] {
  if (domain === undefined) return [];
  const isDomain = NETBIOS.test(domain) || WINDOWS_DOMAIN.test(domain);
  return [
    ...(byteLength(domain) >= 256 ? ["'s Domain length must be under 256 characters"] : []),
    ...(isDomain ? [] : ["'s Domain doesn't match the NetBios nor the DNS format"]),
  ];
}

function windowsNameProblems(user: string): readonly string[] {
  const characters = '"/\\:;|=,+*?<>@[]';
  return [
    ...(user === '' ? ["'s User cannot be empty"] : []),
    ...(byteLength(user) > 104 ? ["'s User length must not be longer than 104 characters"] : []),
    ...(/^[. ]+$/.test(user) ? ["'s User cannot contain only periods or spaces"] : []),
    ...([...characters].some((character) => user.includes(character))
      ? [`'s User cannot contain the following characters: ${characters}`]
      : []),
  ];
}

/** All containers of a HostProcess Pod are HostProcess containers, and it is on its node's network (validateWindowsHostProcessPod). */
export function hostProcessErrors(spec: PodSpec, path: Path): Errors {
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess;
  const containers = containersOf(spec, path).map(({ container, path: at }) => ({
    flag: container.securityContext?.windowsOptions?.hostProcess,
    at: at.child('securityContext', 'windowsOptions', 'hostProcess'),
  }));
  const detail = `pod hostProcess value must be identical if both are specified, was ${ofPod}`;
  const errors = containers.flatMap(({ flag, at }) =>
    ofPod === undefined || flag === undefined || flag === ofPod ? [] : [invalid(at, flag, detail)],
  );
  const count = containers.filter(({ flag }) => flag ?? ofPod ?? false).length;
  if (count === 0) return errors;
  return [
    ...errors,
    ...(count === containers.length ? [] : [invalid(path, '', MIXED)]),
    ...(spec.hostNetwork === true ? [] : [invalid(path.child('hostNetwork'), false, NEEDS_HOST_NETWORK)]),
  ];
}

const MIXED = 'If pod contains any hostProcess containers then all containers must be HostProcess containers';
const NEEDS_HOST_NETWORK = 'hostNetwork must be true if pod contains any hostProcess containers';
