package dev.berth.scheduler.verticle;

import dev.berth.k8s.client.ObjectKey;
import dev.berth.k8s.crd.Department;
import dev.berth.k8s.crd.PodGroup;
import dev.berth.k8s.crd.PoolQuota;
import dev.berth.k8s.crd.Project;
import dev.berth.model.Resources;
import dev.berth.scheduler.core.Amount;
import dev.berth.scheduler.core.Group;
import dev.berth.scheduler.core.Queue;
import dev.berth.scheduler.core.Quota;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Departments, projects and pod groups as the core sees them. A department and a project may bear the same name. */
final class QueueReading {
    private static final String DEPARTMENT = "department:";
    private static final String PROJECT = "project:";

    private QueueReading() {}

    static String departmentId(String name) {
        return name.isEmpty() ? "" : DEPARTMENT + name;
    }

    static String projectId(String name) {
        return PROJECT + name;
    }

    static Queue queue(Department department, Set<String> pools) {
        String name = department.getMetadata().getName();
        Department.Spec spec = department.getSpec();
        return new Queue(
                departmentId(name), "", name, createdAt(department), quotas(spec.quotas, spec.priority, pools));
    }

    static Queue queue(Project project, Set<String> pools) {
        String name = project.getMetadata().getName();
        Project.Spec spec = project.getSpec();
        return new Queue(
                projectId(name),
                departmentId(spec.department),
                name,
                createdAt(project),
                quotas(spec.quotas, spec.priority, pools));
    }

    /** @param finished members that did their work: those who are left need not wait for them */
    static Group group(PodGroup group, int finished) {
        PodGroup.Spec spec = group.getSpec();
        return new Group(
                ObjectKey.of(group).toString(),
                group.getMetadata().getName(),
                projectId(spec.queue),
                spec.nodePool,
                Math.max(1, spec.minMember - finished),
                spec.priority,
                spec.preemptible,
                createdAt(group));
    }

    private static Map<String, Quota> quotas(List<PoolQuota> given, int priority, Set<String> pools) {
        Map<String, Quota> quotas = new HashMap<>();
        for (PoolQuota quota : given) {
            int order = quota.priority == Quota.DEFAULT_PRIORITY ? priority : quota.priority;
            quotas.put(
                    quota.nodePool,
                    new Quota(
                            order,
                            amount(quota.gpuMilli, 1),
                            amount(quota.cpuMilli, 1),
                            amount(quota.memoryMib, Resources.MIB)));
        }
        if (priority != Quota.DEFAULT_PRIORITY) {
            pools.forEach(pool -> quotas.putIfAbsent(pool, new Quota(priority, Amount.OPEN, Amount.FREE, Amount.FREE)));
        }
        return quotas;
    }

    private static Amount amount(dev.berth.k8s.crd.Amount given, long unit) {
        return new Amount(scaled(given.quota, unit), scaled(given.limit, unit), Math.max(0, given.overQuotaWeight));
    }

    private static long scaled(long value, long unit) {
        return value < 0 ? Amount.UNLIMITED : Math.min(value, Long.MAX_VALUE / 4 / unit) * unit;
    }

    private static long createdAt(HasMetadata thing) {
        String text = thing.getMetadata().getCreationTimestamp();
        try {
            return text == null ? 0 : Instant.parse(text).toEpochMilli();
        } catch (DateTimeException unreadable) {
            return 0;
        }
    }
}
