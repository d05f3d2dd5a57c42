import { fieldHover } from './field.ts';
import { hostNameHover } from './host-name.ts';
import type { HoverAnswer } from './hover-context.ts';
import { ingressHover } from './ingress.ts';
import { networkPolicyHover } from './network-policy.ts';
import { podLabelsHover } from './pod-labels.ts';
import { selectorHover } from './selector.ts';
import { serviceHover } from './service.ts';
import { storedObjectHover } from './stored-object.ts';
import { targetPortHover } from './target-port.ts';

/** Every kind of hover. The first that has something to say answers; words on single fields come last. */
export const HOVERS: readonly HoverAnswer[] = [
  storedObjectHover,
  serviceHover,
  selectorHover,
  targetPortHover,
  networkPolicyHover,
  podLabelsHover,
  ingressHover,
  hostNameHover,
  fieldHover,
];
