import { workloadsOfService } from '../../cluster/index.ts';
import type { ServiceResource } from '../../manifest/index.ts';
import type { FieldPath } from '../../yaml/index.ts';
import { code, join, type Markup, md, text } from '../markup.ts';
import { type HoverAnswer, startsWith } from './hover-context.ts';
import { targetsOf } from './service.ts';

/** On a port of a Service: the container port on which it lands, per workload. */
export const targetPortHover: HoverAnswer = ({ cluster, resource, path }) => {
  if (resource.type !== 'Service' || !startsWith(path, ['spec', 'ports', '*'])) return undefined;
  const port = resource.spec.ports.find((each) => each.path.at(-1) === path[2]);
  if (port === undefined) return undefined;
  const selected = workloadsOfService(cluster, resource);
  const name = port.name === '' ? '' : `**${text(port.name)}** `;
  const head = md`${name}${port.protocol} ${code(port.port)} → ${code(port.targetPort)}${defaultNote(resource, port.targetPortPath)}`;
  if (selected.length === 0) return md`${head} · *no Pod in view*`;
  return md`${head}  \n${join(
    targetsOf(port, selected).map((target) => md`- lands on ${target}`),
    '\n',
  )}`;
};

/** Where no targetPort is written, `port` stands for it. */
function defaultNote(service: ServiceResource, targetPortPath: FieldPath): Markup | undefined {
  const isDefault = targetPortPath.at(-1) === 'port' && service.spec.type !== 'ExternalName';
  return isDefault ? md` (targetPort is left out, so it is the port)` : undefined;
}
