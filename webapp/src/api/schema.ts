// Generated from tenant-api/spec (npm run generate). Do not edit.
export interface paths {
    "/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in. */
        get: operations["whoAmI"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/one-time": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with the token of a one-time link. */
        post: operations["useOneTimeLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set one's own password.
         * @description The current password is needed unless the session came from a one-time link or no password was ever set.
         */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with email and password.
         * @description Also sets the HttpOnly, SameSite=Strict cookie berth_session; with it, writes need the header X-CSRF-Token.
         */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the session. */
        post: operations["signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clusters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List clusters by name. */
        get: operations["listClusters"];
        put?: never;
        /** Create a cluster; then make a join token and start the agent with it. */
        post: operations["createCluster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clusters/{idOrName}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        /** Read a cluster. */
        get: operations["getCluster"];
        put?: never;
        post?: never;
        /** Forget a cluster that holds no workloads. */
        delete: operations["deleteCluster"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clusters/{idOrName}/join-token": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a one-time token with which an agent enrols the cluster; it replaces an unused one. */
        post: operations["createJoinToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/clusters/{idOrName}/map": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        /** All nodes of a cluster and who holds each GPU, in a compact form. */
        get: operations["getClusterMap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/departments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List departments by name. */
        get: operations["listDepartments"];
        put?: never;
        /** Create a department. */
        post: operations["createDepartment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/departments/{idOrName}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        /** Read a department. */
        get: operations["getDepartment"];
        /** Replace a department. */
        put: operations["replaceDepartment"];
        post?: never;
        /** Delete a department that has no projects. */
        delete: operations["deleteDepartment"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/node-pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List node pools by cluster and name. */
        get: operations["listNodePools"];
        put?: never;
        /** Create a node pool in a cluster. */
        post: operations["createNodePool"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/node-pools/{idOrName}": {
        parameters: {
            query?: {
                /** @description Id or name of the cluster. */
                cluster?: components["parameters"]["oneCluster"];
            };
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        /** Read a node pool; by name, the cluster must be given unless the name is unique. */
        get: operations["getNodePool"];
        /** Replace a node pool. */
        put: operations["replaceNodePool"];
        post?: never;
        /** Delete a node pool; its nodes fall back to the pool "default". */
        delete: operations["deleteNodePool"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/nodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List nodes by cluster and name, with the holders of each GPU. */
        get: operations["listNodes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List projects by name. */
        get: operations["listProjects"];
        put?: never;
        /** Create a project. */
        post: operations["createProject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/projects/{idOrName}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        /** Read a project. */
        get: operations["getProject"];
        /** Replace a project, for instance to change its quotas. */
        put: operations["replaceProject"];
        post?: never;
        /** Delete a project that has no workloads. */
        delete: operations["deleteProject"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own personal access tokens, without their secrets. */
        get: operations["listTokens"];
        put?: never;
        /** Make a personal access token; its secret is shown this once. */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a personal access token. */
        delete: operations["deleteToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/watch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Several topics on one stream, for the console. */
        get: operations["watch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workloads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List workloads; newest first unless sort says otherwise. */
        get: operations["listWorkloads"];
        put?: never;
        /** Submit one workload. */
        post: operations["submitWorkload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workloads:batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Submit up to 500 workloads; each has its own outcome. */
        post: operations["submitWorkloads"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workloads/{idOrName}": {
        parameters: {
            query?: {
                /** @description Name or id of the project. */
                project?: components["parameters"]["oneProject"];
            };
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        /** Read a workload; by name, the project must be given unless the name is unique. */
        get: operations["getWorkload"];
        put?: never;
        post?: never;
        /** Delete a workload; it is gone when its cluster has removed it. */
        delete: operations["deleteWorkload"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workloads/{idOrName}:stop": {
        parameters: {
            query?: {
                /** @description Name or id of the project. */
                project?: components["parameters"]["oneProject"];
            };
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop a workload; stopping a stopped or finished one changes nothing. */
        post: operations["stopWorkload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workloads/{idOrName}/attach": {
        parameters: {
            query?: {
                /** @description Absent, the pod's only or first one. */
                container?: components["parameters"]["container"];
                /** @description Name of one of its pods; absent, the first. */
                pod?: components["parameters"]["pod"];
                /** @description Name or id of the project. */
                project?: components["parameters"]["oneProject"];
            };
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        /** Attach to the running process of a pod, over a WebSocket as for exec. */
        get: operations["attachToWorkload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workloads/{idOrName}/exec": {
        parameters: {
            query?: {
                /** @description Absent, the pod's only or first one. */
                container?: components["parameters"]["container"];
                /** @description Name of one of its pods; absent, the first. */
                pod?: components["parameters"]["pod"];
                /** @description Name or id of the project. */
                project?: components["parameters"]["oneProject"];
            };
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        /**
         * Run a command in a pod, over a WebSocket.
         * @description WebSocket of sub-protocol berth-stream.v1. The first byte of each binary message says what it is. To the server: 0 input, 1 end of input, 2 terminal size as two big-endian 16-bit numbers, columns and rows. From the server: 0 output, 1 errors, 3 the end as JSON {reason, text, exitCode}, after which the socket is closed. A session cookie is taken only with an Origin of this host. A server that has no room for input stops reading the socket.
         */
        get: operations["execInWorkload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workloads/{idOrName}/explanation": {
        parameters: {
            query?: {
                /** @description Name or id of the project. */
                project?: components["parameters"]["oneProject"];
            };
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        /** Why the workload is not running, and the smallest changes that would start it. */
        get: operations["explainWorkload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workloads/{idOrName}/logs": {
        parameters: {
            query?: {
                /** @description Absent, the pod's only or first one. */
                container?: components["parameters"]["container"];
                /** @description Name of one of its pods; absent, the first. */
                pod?: components["parameters"]["pod"];
                /** @description Name or id of the project. */
                project?: components["parameters"]["oneProject"];
            };
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        /**
         * The log of one pod, as it is or as it grows.
         * @description Comes through the tunnel of the workload's cluster. When the stream ends before the log does, the last line begins with "berth: stream ended:" and says why, and the connection is closed; read on with sinceTime. Refusals: 409 while there is no pod yet, 410 when it is gone, 503 when the cluster is not connected.
         */
        get: operations["readWorkloadLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workloads/{idOrName}/port-forward": {
        parameters: {
            query?: {
                /** @description Name of one of its pods; absent, the first. */
                pod?: components["parameters"]["pod"];
                /** @description Name or id of the project. */
                project?: components["parameters"]["oneProject"];
            };
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        /** One connection to a TCP port of a pod, over a WebSocket as for exec. */
        get: operations["forwardWorkloadPort"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workloads/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count workloads by status and by reason, with the list's filters. */
        get: operations["summarizeWorkloads"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Amount: {
            /**
             * Format: int64
             * @description At most; -1: none.
             * @default -1
             */
            limit: number;
            /** @default 1 */
            overQuotaWeight: number;
            /**
             * Format: int64
             * @description Deserved; -1: without bound.
             */
            quota?: number;
        };
        Cluster: {
            /** @constant */
            apiVersion: "berth.dev/v1";
            /** @constant */
            kind: "Cluster";
            metadata: components["schemas"]["Metadata"];
            spec: components["schemas"]["ClusterSpec"];
            status: {
                /** Format: int64 */
                allocatedGpuMilli: number;
                gpus: number;
                /** Format: date-time */
                lastSeenAt?: string | null;
                nodes: number;
                /** @enum {string} */
                state: "Waiting" | "Connected" | "Disconnected";
                /** @description Version of its agent; empty before the first connection. */
                version?: string;
            };
        };
        ClusterList: {
            items: components["schemas"]["Cluster"][];
            next: string | null;
        };
        ClusterMap: {
            /** @description [workloadId, name, project, phase, [[nodeIndex, gpuIndex, milli], ...]] for each workload that holds GPUs. */
            holders: [
                string,
                string,
                string,
                string,
                number[][]
            ][];
            /** @description [name, pool, model, gpuCount, ready] for each node, by name. */
            nodes: [
                string,
                string,
                string,
                number,
                boolean
            ][];
            /**
             * Format: int64
             * @description Watch from here.
             */
            version: number;
        };
        ClusterSpec: {
            displayName?: string;
        };
        ClusterWrite: {
            metadata: components["schemas"]["MetadataWrite"];
            spec?: components["schemas"]["ClusterSpec"];
        };
        Department: {
            /** @constant */
            apiVersion: "berth.dev/v1";
            /** @constant */
            kind: "Department";
            metadata: components["schemas"]["Metadata"];
            spec: components["schemas"]["DepartmentSpec"];
            status: components["schemas"]["UsageStatus"];
        };
        DepartmentList: {
            items: components["schemas"]["Department"][];
            next: string | null;
        };
        DepartmentSpec: {
            displayName?: string;
            /** @default 100 */
            priority: number;
            quotas?: components["schemas"]["PoolQuota"][];
        };
        DepartmentWrite: {
            metadata: components["schemas"]["MetadataWrite"];
            spec?: components["schemas"]["DepartmentSpec"];
        };
        /** @description Server-sent events; id is the version, event the type (ADDED, MODIFIED, DELETED, BOOKMARK, on /watch change), data JSON. */
        EventStream: string;
        Explanation: {
            changes: {
                field: string;
                from: string;
                sentence: string;
                to: string;
            }[];
            checks: {
                detail: string;
                passed: boolean;
                stage: string;
            }[];
            /** @description 0: unknown. */
            position: number;
            reason: string;
            sentence: string;
            waiting: number;
        };
        FieldError: {
            code: string;
            detail: string;
            /** @description JSON pointer into the request body. */
            pointer: string;
        };
        /** @description Whole devices, or the same part of each device in thousandths or in MiB of its memory (not both). */
        GpuAsk: {
            /**
             * @description Default 1 with fractionMilli or memoryMib.
             * @default 0
             */
            devices: number;
            fractionMilli?: number;
            /** Format: int64 */
            memoryMib?: number;
        };
        JoinToken: {
            /** @description What to run in the cluster. */
            command: string;
            /** Format: date-time */
            expiresAt: string;
            /** @description bt1.<clusterId>.<secret>.<pin> */
            token: string;
        };
        Labels: {
            [key: string]: string;
        };
        Me: {
            /** @description Empty unless signed in by cookie or session token. */
            csrfToken: string;
            tenant: components["schemas"]["Tenant"];
            user: components["schemas"]["User"];
        };
        Metadata: {
            /** Format: date-time */
            createdAt: string;
            etag: string;
            id: string;
            labels: components["schemas"]["Labels"];
            name: string;
            /** Format: date-time */
            updatedAt: string;
            /**
             * Format: int64
             * @description Grows with every change in the tenant; the id of the watch event.
             */
            version: number;
        };
        MetadataWrite: {
            labels?: components["schemas"]["Labels"];
            name: components["schemas"]["Name"];
        };
        /** @description Lower-case letters, digits and -, as a DNS label. */
        Name: string;
        NamesParameter: string;
        Node: {
            /** @constant */
            apiVersion: "berth.dev/v1";
            /** @constant */
            kind: "Node";
            metadata: components["schemas"]["Metadata"];
            spec: {
                /** @description Name of the cluster. */
                cluster: string;
            };
            status: {
                allocatable: components["schemas"]["NodeAmount"];
                allocated: components["schemas"]["NodeAmount"];
                /** Format: int64 */
                gpuMemoryMib: number;
                gpuModel: string;
                gpus: {
                    allocatedMilli: number;
                    holders: {
                        milli: number;
                        name: string;
                        project: string;
                        workloadId: string;
                    }[];
                    index: number;
                }[];
                pool: string;
                ready: boolean;
            };
        };
        NodeAmount: {
            /** Format: int64 */
            cpuMilli?: number;
            /** Format: int64 */
            gpuMilli?: number;
            /** Format: int64 */
            memoryMib?: number;
        };
        NodeList: {
            items: components["schemas"]["Node"][];
            next: string | null;
        };
        NodePool: {
            /** @constant */
            apiVersion: "berth.dev/v1";
            /** @constant */
            kind: "NodePool";
            metadata: components["schemas"]["Metadata"];
            spec: components["schemas"]["NodePoolSpec"];
            status: {
                /** Format: int64 */
                allocatedGpuMilli: number;
                gpus: number;
                nodes: number;
            };
        };
        NodePoolList: {
            items: components["schemas"]["NodePool"][];
            next: string | null;
        };
        NodePoolSpec: {
            /** @description Name or id of the cluster; cannot change. */
            cluster: string;
            /** @default berth.dev/node-pool */
            labelKey: string;
            /** @description Default: the name of the pool. */
            labelValue?: string;
            /**
             * @default binpack
             * @enum {string}
             */
            placement: "binpack" | "spread";
        };
        NodePoolWrite: {
            metadata: components["schemas"]["MetadataWrite"];
            spec: components["schemas"]["NodePoolSpec"];
        };
        OneTime: {
            token: string;
        };
        PasswordChange: {
            currentPassword?: string;
            newPassword: string;
        };
        /** @enum {string} */
        Phase: "Queued" | "Starting" | "Running" | "Suspended" | "Preempted" | "Stopping" | "Succeeded" | "Failed" | "Unknown";
        /** @description Absent amounts are quota 0 for GPUs and -1 for CPU and memory, limit -1, weight 1. */
        PoolQuota: {
            /** @description Name of the cluster; absent: every cluster. */
            cluster?: string;
            cpuMilli?: components["schemas"]["Amount"];
            gpuMilli?: components["schemas"]["Amount"];
            memoryMib?: components["schemas"]["Amount"];
            nodePool: components["schemas"]["Name"];
            /**
             * @description Higher is served first.
             * @default 100
             */
            priority: number;
        };
        PoolUsage: {
            /** Format: int64 */
            allocatedGpuMilli: number;
            /** @description Name of the cluster. */
            cluster: string;
            nodePool: string;
            queued: number;
            /**
             * Format: int64
             * @description What its unfinished workloads ask for in this pool.
             */
            requestedGpuMilli: number;
            running: number;
        };
        Problem: {
            /**
             * @description Stable, kebab-case.
             * @example not-found
             * @example invalid
             * @example stale
             */
            code: string;
            /** @description With 412: the object as it is now, for merging. */
            current?: Record<string, never>;
            detail: string;
            errors?: components["schemas"]["FieldError"][];
            hint?: string;
            instance?: string;
            requestId: string;
            status: number;
            title: string;
            type: string;
        };
        Project: {
            /** @constant */
            apiVersion: "berth.dev/v1";
            /** @constant */
            kind: "Project";
            metadata: components["schemas"]["Metadata"];
            spec: components["schemas"]["ProjectSpec"];
            status: components["schemas"]["UsageStatus"];
        };
        ProjectList: {
            items: components["schemas"]["Project"][];
            next: string | null;
        };
        ProjectSpec: {
            /** @description Name of the department; empty: none. */
            department?: string;
            displayName?: string;
            /** @default 100 */
            priority: number;
            quotas?: components["schemas"]["PoolQuota"][];
        };
        ProjectWrite: {
            metadata: components["schemas"]["MetadataWrite"];
            spec?: components["schemas"]["ProjectSpec"];
        };
        Session: {
            csrfToken: string;
            /** Format: date-time */
            expiresAt: string;
            tenant: components["schemas"]["Tenant"];
            /** @description Bearer token of this session. */
            token: string;
            user: components["schemas"]["User"];
        };
        SignIn: {
            email: string;
            password: string;
        };
        Tenant: {
            id: string;
            name: string;
        };
        Token: {
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            id: string;
            /** Format: date-time */
            lastUsedAt?: string | null;
            name: string;
            /** @description berth_pat_...; only in the answer that made it. */
            token?: string;
        };
        TokenList: {
            items: components["schemas"]["Token"][];
            next: string | null;
        };
        TokenRequest: {
            /** @default 90 */
            expiresInDays: number;
            name: string;
        };
        /** @description The numbers beside the list are sums over all clusters and pools. */
        UsageStatus: {
            /** Format: int64 */
            allocatedGpuMilli: number;
            queued: number;
            /**
             * Format: int64
             * @description What its unfinished workloads ask for together.
             */
            requestedGpuMilli: number;
            running: number;
            /** @description The same for each pool of a cluster where something is held or asked; what asks most comes first. */
            usage: components["schemas"]["PoolUsage"][];
        };
        User: {
            email: string;
            id: string;
            name: string;
            /** @enum {string} */
            role: "admin" | "manager" | "researcher";
        };
        Workload: {
            /** @constant */
            apiVersion: "berth.dev/v1";
            /** @constant */
            kind: "Workload";
            metadata: components["schemas"]["Metadata"];
            spec: components["schemas"]["WorkloadSpec"];
            status: components["schemas"]["WorkloadStatus"];
        };
        WorkloadBatch: {
            items: components["schemas"]["WorkloadWrite"][];
        };
        WorkloadBatchResult: {
            results: {
                index: number;
                problem?: components["schemas"]["Problem"];
                /** @description The HTTP status that the item would have had alone. */
                status: number;
                workload?: components["schemas"]["Workload"];
            }[];
        };
        WorkloadExplanation: {
            clusterState?: string;
            /** @description null: the scheduler has not looked at it yet, or it waits for nothing. */
            explanation: components["schemas"]["Explanation"] | null;
            /** Format: date-time */
            observedAt: string | null;
            phase: components["schemas"]["Phase"];
            workloadId: string;
        };
        WorkloadList: {
            items: components["schemas"]["Workload"][];
            next: string | null;
            /** @description Only with total=true. */
            total?: number;
            /**
             * Format: int64
             * @description Watch from here.
             */
            version?: number;
        };
        WorkloadSpec: {
            annotations?: components["schemas"]["Labels"];
            /** @description Name of the cluster that runs it. */
            cluster: string;
            command?: string[];
            environment?: {
                [key: string]: string;
            };
            gpuModels?: string[];
            /** @default  */
            image: string;
            /**
             * @default training
             * @enum {string}
             */
            kind: "workspace" | "training" | "distributed" | "inference";
            /** @description Workers without which nothing starts; default all. */
            minWorkers?: number;
            /** @default default */
            nodePool: string;
            nodeSelector?: components["schemas"]["Labels"];
            /** @description Default: by the priority class. */
            preemptible?: boolean;
            /**
             * @default train
             * @enum {string}
             */
            priorityClass: "train" | "interactive-preemptible" | "build" | "inference";
            /** @description Name of the project that pays. */
            project: string;
            /** @description What each worker needs. */
            resources?: {
                /**
                 * Format: int64
                 * @default 100
                 */
                cpuMilli: number;
                gpu?: components["schemas"]["GpuAsk"];
                /**
                 * Format: int64
                 * @default 128
                 */
                memoryMib: number;
            };
            /** @description Set by :stop; ignored on submission. */
            stopped?: boolean;
            /** @default 1 */
            workers: number;
        };
        WorkloadStatus: {
            /** Format: date-time */
            boundAt?: string | null;
            deleting?: boolean;
            explanation?: components["schemas"]["Explanation"];
            /** Format: date-time */
            finishedAt?: string | null;
            message: string;
            /**
             * Format: date-time
             * @description When the control plane last heard of it.
             */
            observedAt?: string | null;
            phase: components["schemas"]["Phase"];
            podCounts: {
                [key: string]: number;
            };
            /** @description At most 64; podCounts has all. */
            pods: {
                /** Format: date-time */
                finishedAt?: string | null;
                /** @description Thousandths of each of its GPUs. */
                gpuMilli?: number;
                gpus?: number[];
                name: string;
                node?: string | null;
                phase: string;
                /** Format: date-time */
                startedAt?: string | null;
            }[];
            /** Format: date-time */
            queuedAt?: string | null;
            /** @description Why it is not running, one word; empty when there is nothing to say. */
            reason: string;
            /** Format: date-time */
            startedAt?: string | null;
        };
        WorkloadSummary: {
            byReason: {
                [key: string]: number;
            };
            byStatus: {
                [key: string]: number;
            };
            total: number;
        };
        WorkloadWrite: {
            metadata: components["schemas"]["MetadataWrite"];
            spec: components["schemas"]["WorkloadSpec"];
        };
    };
    responses: {
        /** @description A refusal. */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description Ids or names, comma-separated. */
        cluster: components["schemas"]["NamesParameter"];
        columns: number;
        /** @description Absent, the pod's only or first one. */
        container: string;
        /** @description The next of the page before. */
        cursor: string;
        id: string;
        /** @description Makes a repeated request answer as the first did, for 24 hours. */
        idempotencyKey: string;
        idOrName: string;
        /** @description The ETag that was read; required (428 without it). */
        ifMatch: string;
        /** @description The version of the last event seen; stronger than resourceVersion. */
        lastEventId: string;
        limit: number;
        /** @description Id or name of the cluster. */
        oneCluster: string;
        /** @description Name or id of the project. */
        oneProject: string;
        /** @description Name of one of its pods; absent, the first. */
        pod: string;
        /** @description Names, comma-separated. */
        pool: components["schemas"]["NamesParameter"];
        /** @description Names or ids, comma-separated. */
        project: components["schemas"]["NamesParameter"];
        /** @description Part of a name. */
        q: string;
        /** @description Reasons, comma-separated. */
        reason: string;
        /** @description Watch from behind this version; absent, the stream starts with the objects that are there. */
        resourceVersion: number;
        rows: number;
        /** @description Phases, comma-separated. */
        status: string;
        /** @description Stream the changes instead of a page (ADDED, MODIFIED, DELETED, BOOKMARK). */
        watch: boolean;
        /** @description A minus sign sorts downwards. */
        workloadSort: "createdAt" | "-createdAt" | "name" | "-name" | "status" | "-status" | "gpus" | "-gpus" | "updatedAt" | "-updatedAt";
    };
    requestBodies: never;
    headers: {
        ETag: string;
        Location: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    whoAmI: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user and the tenant. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    useOneTimeLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OneTime"];
            };
        };
        responses: {
            /** @description Signed in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Changed; other sessions of the user are ended. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Signed in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listClusters: {
        parameters: {
            query?: {
                /** @description The next of the page before. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
                /** @description Watch from behind this version; absent, the stream starts with the objects that are there. */
                resourceVersion?: components["parameters"]["resourceVersion"];
                /** @description Stream the changes instead of a page (ADDED, MODIFIED, DELETED, BOOKMARK). */
                watch?: components["parameters"]["watch"];
            };
            header?: {
                /** @description The version of the last event seen; stronger than resourceVersion. */
                "Last-Event-ID"?: components["parameters"]["lastEventId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, or with watch=true a stream. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClusterList"];
                    "text/event-stream": components["schemas"]["EventStream"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createCluster: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeated request answer as the first did, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClusterWrite"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cluster"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getCluster: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cluster. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Cluster"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteCluster: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    createJoinToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Made; shown this once. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JoinToken"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getClusterMap: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The map. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClusterMap"];
                };
            };
            /** @description Not changed since the ETag in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listDepartments: {
        parameters: {
            query?: {
                /** @description The next of the page before. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepartmentList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createDepartment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeated request answer as the first did, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DepartmentWrite"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Department"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getDepartment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The department. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Department"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    replaceDepartment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; required (428 without it). */
                "If-Match"?: components["parameters"]["ifMatch"];
            };
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DepartmentWrite"];
            };
        };
        responses: {
            /** @description Replaced. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Department"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteDepartment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; required (428 without it). */
                "If-Match"?: components["parameters"]["ifMatch"];
            };
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listNodePools: {
        parameters: {
            query?: {
                /** @description Ids or names, comma-separated. */
                cluster?: components["parameters"]["cluster"];
                /** @description The next of the page before. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodePoolList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createNodePool: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeated request answer as the first did, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NodePoolWrite"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodePool"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getNodePool: {
        parameters: {
            query?: {
                /** @description Id or name of the cluster. */
                cluster?: components["parameters"]["oneCluster"];
            };
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The node pool. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodePool"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    replaceNodePool: {
        parameters: {
            query?: {
                /** @description Id or name of the cluster. */
                cluster?: components["parameters"]["oneCluster"];
            };
            header?: {
                /** @description The ETag that was read; required (428 without it). */
                "If-Match"?: components["parameters"]["ifMatch"];
            };
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NodePoolWrite"];
            };
        };
        responses: {
            /** @description Replaced. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodePool"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteNodePool: {
        parameters: {
            query?: {
                /** @description Id or name of the cluster. */
                cluster?: components["parameters"]["oneCluster"];
            };
            header?: {
                /** @description The ETag that was read; required (428 without it). */
                "If-Match"?: components["parameters"]["ifMatch"];
            };
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listNodes: {
        parameters: {
            query?: {
                /** @description Ids or names, comma-separated. */
                cluster?: components["parameters"]["cluster"];
                /** @description The next of the page before. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
                /** @description Names, comma-separated. */
                pool?: components["parameters"]["pool"];
                /** @description Watch from behind this version; absent, the stream starts with the objects that are there. */
                resourceVersion?: components["parameters"]["resourceVersion"];
                /** @description Stream the changes instead of a page (ADDED, MODIFIED, DELETED, BOOKMARK). */
                watch?: components["parameters"]["watch"];
            };
            header?: {
                /** @description The version of the last event seen; stronger than resourceVersion. */
                "Last-Event-ID"?: components["parameters"]["lastEventId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, or with watch=true a stream. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NodeList"];
                    "text/event-stream": components["schemas"]["EventStream"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listProjects: {
        parameters: {
            query?: {
                /** @description The next of the page before. */
                cursor?: components["parameters"]["cursor"];
                /** @description Only projects of these departments. */
                department?: components["schemas"]["NamesParameter"];
                limit?: components["parameters"]["limit"];
                /** @description Watch from behind this version; absent, the stream starts with the objects that are there. */
                resourceVersion?: components["parameters"]["resourceVersion"];
                /** @description Stream the changes instead of a page (ADDED, MODIFIED, DELETED, BOOKMARK). */
                watch?: components["parameters"]["watch"];
            };
            header?: {
                /** @description The version of the last event seen; stronger than resourceVersion. */
                "Last-Event-ID"?: components["parameters"]["lastEventId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, or with watch=true a stream. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectList"];
                    "text/event-stream": components["schemas"]["EventStream"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createProject: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeated request answer as the first did, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProjectWrite"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getProject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The project. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    replaceProject: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; required (428 without it). */
                "If-Match"?: components["parameters"]["ifMatch"];
            };
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProjectWrite"];
            };
        };
        responses: {
            /** @description Replaced. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteProject: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag that was read; required (428 without it). */
                "If-Match"?: components["parameters"]["ifMatch"];
            };
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listTokens: {
        parameters: {
            query?: {
                /** @description The next of the page before. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenList"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description Made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    watch: {
        parameters: {
            query: {
                /** @description Watch from behind this version; absent, the stream starts with the objects that are there. */
                resourceVersion?: components["parameters"]["resourceVersion"];
                /** @description Comma-separated, from workloads, nodes, clusters, projects, samples. */
                topics: string;
            };
            header?: {
                /** @description The version of the last event seen; stronger than resourceVersion. */
                "Last-Event-ID"?: components["parameters"]["lastEventId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-sent events. Each event "change" has data {topic, type, object}; events come at most four times a second, newest state of each object. A comment is sent every 5 s when nothing changes. When the version asked for is no longer kept the answer is 410 (or, on an open stream, an event "error" with a problem of status 410): list again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["EventStream"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listWorkloads: {
        parameters: {
            query?: {
                /** @description Ids or names, comma-separated. */
                cluster?: components["parameters"]["cluster"];
                /** @description The next of the page before. */
                cursor?: components["parameters"]["cursor"];
                limit?: components["parameters"]["limit"];
                /** @description Names, comma-separated. */
                pool?: components["parameters"]["pool"];
                /** @description Names or ids, comma-separated. */
                project?: components["parameters"]["project"];
                /** @description Part of a name. */
                q?: components["parameters"]["q"];
                /** @description Reasons, comma-separated. */
                reason?: components["parameters"]["reason"];
                /** @description Watch from behind this version; absent, the stream starts with the objects that are there. */
                resourceVersion?: components["parameters"]["resourceVersion"];
                /** @description A minus sign sorts downwards. */
                sort?: components["parameters"]["workloadSort"];
                /** @description Phases, comma-separated. */
                status?: components["parameters"]["status"];
                /** @description Count all that match as well. */
                total?: boolean;
                /** @description Stream the changes instead of a page (ADDED, MODIFIED, DELETED, BOOKMARK). */
                watch?: components["parameters"]["watch"];
            };
            header?: {
                /** @description The version of the last event seen; stronger than resourceVersion. */
                "Last-Event-ID"?: components["parameters"]["lastEventId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, or with watch=true a stream. A stream is filtered by project, cluster and pool. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkloadList"];
                    "text/event-stream": components["schemas"]["EventStream"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    submitWorkload: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeated request answer as the first did, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkloadWrite"];
            };
        };
        responses: {
            /** @description Submitted. */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workload"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    submitWorkloads: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes a repeated request answer as the first did, for 24 hours. */
                "Idempotency-Key"?: components["parameters"]["idempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkloadBatch"];
            };
        };
        responses: {
            /** @description One result for each item */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkloadBatchResult"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getWorkload: {
        parameters: {
            query?: {
                /** @description Name or id of the project. */
                project?: components["parameters"]["oneProject"];
            };
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The workload. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workload"];
                };
            };
            /** @description Not changed since the ETag in If-None-Match. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    deleteWorkload: {
        parameters: {
            query?: {
                /** @description Name or id of the project. */
                project?: components["parameters"]["oneProject"];
            };
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its cluster is removing it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workload"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    stopWorkload: {
        parameters: {
            query?: {
                /** @description Name or id of the project. */
                project?: components["parameters"]["oneProject"];
            };
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cluster is stopping it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workload"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    attachToWorkload: {
        parameters: {
            query?: {
                columns?: components["parameters"]["columns"];
                /** @description Absent, the pod's only or first one. */
                container?: components["parameters"]["container"];
                /** @description Name of one of its pods; absent, the first. */
                pod?: components["parameters"]["pod"];
                /** @description Name or id of the project. */
                project?: components["parameters"]["oneProject"];
                rows?: components["parameters"]["rows"];
                stdin?: boolean;
                tty?: boolean;
            };
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream is open. */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    execInWorkload: {
        parameters: {
            query: {
                columns?: components["parameters"]["columns"];
                /** @description Each word of the command. */
                command: string[];
                /** @description Absent, the pod's only or first one. */
                container?: components["parameters"]["container"];
                /** @description Name of one of its pods; absent, the first. */
                pod?: components["parameters"]["pod"];
                /** @description Name or id of the project. */
                project?: components["parameters"]["oneProject"];
                rows?: components["parameters"]["rows"];
                stdin?: boolean;
                tty?: boolean;
            };
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream is open. */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    explainWorkload: {
        parameters: {
            query?: {
                /** @description Name or id of the project. */
                project?: components["parameters"]["oneProject"];
            };
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The scheduler's last word and its age. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkloadExplanation"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    readWorkloadLogs: {
        parameters: {
            query?: {
                /** @description Absent, the pod's only or first one. */
                container?: components["parameters"]["container"];
                /** @description Go on with new lines. */
                follow?: boolean;
                /** @description Name of one of its pods; absent, the first. */
                pod?: components["parameters"]["pod"];
                /** @description Of the container's life before this one. */
                previous?: boolean;
                /** @description Name or id of the project. */
                project?: components["parameters"]["oneProject"];
                /** @description Seconds back from now. */
                since?: number;
                /** @description Lines from this moment on (RFC 3339). */
                sinceTime?: string;
                /** @description Lines from the end. */
                tailLines?: number;
                /** @description A time in front of each line. */
                timestamps?: boolean;
            };
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lines. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    forwardWorkloadPort: {
        parameters: {
            query: {
                /** @description Name of one of its pods; absent, the first. */
                pod?: components["parameters"]["pod"];
                port: number;
                /** @description Name or id of the project. */
                project?: components["parameters"]["oneProject"];
            };
            header?: never;
            path: {
                idOrName: components["parameters"]["idOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The connection is open. */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    summarizeWorkloads: {
        parameters: {
            query?: {
                /** @description Ids or names, comma-separated. */
                cluster?: components["parameters"]["cluster"];
                /** @description Names, comma-separated. */
                pool?: components["parameters"]["pool"];
                /** @description Names or ids, comma-separated. */
                project?: components["parameters"]["project"];
                /** @description Part of a name. */
                q?: components["parameters"]["q"];
                /** @description Reasons, comma-separated. */
                reason?: components["parameters"]["reason"];
                /** @description Phases, comma-separated. */
                status?: components["parameters"]["status"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkloadSummary"];
                };
            };
            default: components["responses"]["Problem"];
        };
    };
}
