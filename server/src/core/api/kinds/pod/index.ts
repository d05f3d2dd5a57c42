export { POD } from './pod.ts';
