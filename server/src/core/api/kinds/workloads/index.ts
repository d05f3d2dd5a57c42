export { CRON_JOB } from './cron-job.ts';
export { DAEMON_SET } from './daemon-set.ts';
export { DEPLOYMENT } from './deployment.ts';
export { JOB } from './job.ts';
export { REPLICA_SET } from './replica-set.ts';
export { REPLICATION_CONTROLLER } from './replication-controller.ts';
export { STATEFUL_SET } from './stateful-set.ts';
