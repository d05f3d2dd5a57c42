import { workloadsOfService } from '../../cluster/index.ts';
import { code, lines, md, text } from '../markup.ts';
import { additionsLine } from './field.ts';
import { type HoverAnswer, startsWith } from './hover-context.ts';
import { targetsOf } from './service.ts';

/** On a port of a Service: the container port on which it lands, per workload, and what the server adds to the port. */
export const targetPortHover: HoverAnswer = ({ cluster, resource, path }) => {
  if (resource.type !== 'Service' || !startsWith(path, ['spec', 'ports', '*'])) return undefined;
  if (OWN_WORDS.has(path[3])) return undefined;
  const port = resource.spec.ports.find((each) => each.path.at(-1) === path[2]);
  if (port === undefined) return undefined;
  const selected = workloadsOfService(cluster, resource);
  const name = port.name === '' ? '' : `**${text(port.name)}** `;
  const head = md`${name}${port.protocol} ${code(port.port)} → ${code(port.targetPort)}`;
  const added = additionsLine(cluster, resource, path.slice(0, 3));
  if (selected.length === 0) return lines([md`${head} · *no Pod in view*`, added]);
  const targets = lines([head, ...targetsOf(port, selected).map((target) => md`- lands on ${target}`)]);
  return added === undefined ? targets : md`${targets}\n\n${added}`;
};

/** Fields that say nothing of where a connection ends. */
const OWN_WORDS: ReadonlySet<unknown> = new Set(['protocol', 'appProtocol', 'nodePort']);
