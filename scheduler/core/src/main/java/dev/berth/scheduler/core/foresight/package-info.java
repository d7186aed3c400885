/**
 * Where a request wastes least in the end. {@link dev.berth.scheduler.core.foresight.Futures} offers a node random requests
 * of the usual work, one after the other, and sees what stays idle; {@link dev.berth.scheduler.core.foresight.Outlook}
 * remembers the answers; {@link dev.berth.scheduler.core.foresight.Foresight} compares a node before and after. Berth's own;
 * the idea of valuing a node by the usual work is from Weng et al., "Beware of Fragmentation" (USENIX ATC 2023).
 *
 * <p>Nothing here knows nodes, pods or pools: a kind of node is whatever the caller tells kinds apart by. Deterministic: the
 * same demand gives the same values.
 */
@NullMarked
package dev.berth.scheduler.core.foresight;

import org.jspecify.annotations.NullMarked;
