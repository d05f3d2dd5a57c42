import { parseLenientAddress } from '../../api/index.ts';
import type { Container, ContainerPort } from '../../manifest/index.ts';
import { defineRule, type RuleFinding } from '../rule.ts';

/** An address of the node that is none: the API server takes any text (PORT-7), and the port is opened nowhere. */
export const rule = defineRule({
  id: 'pod/host-ip-not-an-address',
  severity: 'warning',
  resource: 'Workload',
  check(workload) {
    const { containers, sidecars, hostNetwork } = workload.spec.template;
    // On the node's network nothing is forwarded. Without a hostPort the API server warns of hostIP itself.
    return hostNetwork ? [] : [...containers, ...sidecars].flatMap(checkContainer);
  },
});

function checkContainer({ ports }: Container): readonly RuleFinding[] {
  return ports.flatMap((port) => checkPort(port));
}

function checkPort({ hostIP, hostPort, path }: ContainerPort): readonly RuleFinding[] {
  if (hostIP === undefined || hostPort === undefined || parseLenientAddress(hostIP) !== undefined) return [];
  const message =
    `hostIP takes an IP address of the node, and "${hostIP}" is none. The API server does not check it, ` +
    `and port ${hostPort} cannot be opened there.`;
  return [{ path: [...path, 'hostIP'], message }];
}
