package dev.berth.demo.client;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The departments and projects of the demo, and which pod belongs to which. A pod's project is drawn by the CRC-32 of its
 * name, in proportion to the projects' parts of a hundred; a project's quota is its part of four fifths of the GPUs, and its
 * over-quota weight is its part, so all can borrow and the rest is shared by weight.
 */
public final class Organisation {
    /** A project with its part of a hundred; the sandbox has no quota of its own and may hold four GPUs at most. */
    public record Member(String department, String project, int part) {
        boolean isSandbox() {
            return project.equals(SANDBOX);
        }
    }

    static final String SANDBOX = "sandbox";
    static final int SANDBOX_LIMIT_MILLI = 4_000;

    static final List<Member> MEMBERS = List.of(
            new Member("research", "vision", 20),
            new Member("research", "nlp", 20),
            new Member("research", "speech", 10),
            new Member("product", "recsys", 12),
            new Member("product", "search", 10),
            new Member("product", "ads", 8),
            new Member("lab", "robotics", 8),
            new Member("lab", "sim", 7),
            new Member("lab", "bio", 5),
            new Member("lab", SANDBOX, 0));

    private Organisation() {}

    /** The project of a pod: the same in every run. */
    public static String projectOf(String pod) {
        CRC32 crc = new CRC32();
        crc.update(pod.getBytes(StandardCharsets.UTF_8));
        long left = crc.getValue() % 100;
        for (Member member : MEMBERS) {
            left -= member.part();
            if (left < 0) {
                return member.project();
            }
        }
        throw new IllegalStateException("parts do not add up to a hundred");
    }

    public static List<String> departments() {
        return MEMBERS.stream().map(Member::department).distinct().toList();
    }

    public static JsonObject department(String name, List<Site> sites) {
        int part = MEMBERS.stream()
                .filter(member -> member.department().equals(name))
                .mapToInt(Member::part)
                .sum();
        return named(name, new JsonObject().put("displayName", name).put("quotas", quotas(sites, part, -1)));
    }

    public static JsonObject project(Member member, List<Site> sites) {
        long limit = member.isSandbox() ? SANDBOX_LIMIT_MILLI : -1;
        return named(
                member.project(),
                new JsonObject()
                        .put("displayName", member.project())
                        .put("department", member.department())
                        .put("quotas", quotas(sites, member.part(), limit)));
    }

    /** A cluster over whose GPUs quotas are given. */
    public record Site(String cluster, int gpus) {}

    private static JsonArray quotas(List<Site> sites, int part, long limitMilli) {
        JsonArray quotas = new JsonArray();
        for (Site site : sites) {
            long quota = site.gpus() * 1000L * 4 / 5 * part / 100 / 1000 * 1000;
            JsonObject gpus = new JsonObject()
                    .put("quota", quota)
                    .put("limit", limitMilli)
                    .put("overQuotaWeight", Math.max(1, part));
            quotas.add(new JsonObject()
                    .put("cluster", site.cluster())
                    .put("nodePool", "default")
                    .put("gpuMilli", gpus));
        }
        return quotas;
    }

    private static JsonObject named(String name, JsonObject spec) {
        return new JsonObject()
                .put("metadata", new JsonObject().put("name", name))
                .put("spec", spec);
    }
}
