import type { components } from './schema';

/** The objects of the contract under short names; schema.ts is generated from it. */
type Schemas = components['schemas'];

export type Metadata = Schemas['Metadata'];
export type Amount = Schemas['Amount'];
export type PoolQuota = Schemas['PoolQuota'];
export type Department = Schemas['Department'];
export type Project = Schemas['Project'];
export type PoolUsage = Schemas['PoolUsage'];
export type Cluster = Schemas['Cluster'];
export type ClusterNode = Schemas['Node'];
export type ClusterMap = Schemas['ClusterMap'];
export type JoinToken = Schemas['JoinToken'];
export type Workload = Schemas['Workload'];
export type WorkloadSpec = Schemas['WorkloadSpec'];
export type WorkloadWrite = Schemas['WorkloadWrite'];
export type WorkloadList = Schemas['WorkloadList'];
export type Summary = Schemas['WorkloadSummary'];
export type Pod = Schemas['WorkloadStatus']['pods'][number];
export type Explanation = Schemas['Explanation'];
export type WorkloadExplanation = Schemas['WorkloadExplanation'];
export type Check = Explanation['checks'][number];
export type Change = Explanation['changes'][number];
export type Session = Schemas['Session'];
export type Me = Schemas['Me'];

export interface Page<Item> {
  items: Item[];
  next: string | null;
}
