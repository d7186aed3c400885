/**
 * What the API server asks before it stores something of a project: fills in what a project decides, and refuses what can
 * never run or breaks policy, with the field, the rule and what to do.
 *
 * <p>Pure: {@link dev.berth.k8s.admission.PodDefaults} (what is filled in), {@link dev.berth.k8s.admission.PodRules} and
 * {@link dev.berth.k8s.admission.OwnRules} (what is refused), {@link dev.berth.k8s.admission.JsonPatch} (what changed), all
 * over a {@link dev.berth.k8s.admission.Known}. Doing: {@link dev.berth.k8s.admission.AdmissionVerticle}, with an {@link
 * dev.berth.k8s.admission.AdmissionBook} that watches, and a {@link dev.berth.k8s.admission.CertificateKeeper} that makes
 * and rotates the endpoint's certificate.
 */
@org.jspecify.annotations.NullMarked
package dev.berth.k8s.admission;
