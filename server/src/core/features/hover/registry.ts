import type { HoverAnswer } from './hover-context.ts';
import { serviceHover } from './service.ts';

/** Every kind of hover. The first that has something to say answers. */
export const HOVERS: readonly HoverAnswer[] = [serviceHover];
