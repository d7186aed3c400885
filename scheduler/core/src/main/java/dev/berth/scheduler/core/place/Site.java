package dev.berth.scheduler.core.place;

import dev.berth.scheduler.core.Node;
import dev.berth.scheduler.core.Room;

/**
 * One node as a scorer sees it.
 *
 * @param room what may be given away
 * @param later what is free when others have left
 */
public record Site(Node node, Kind kind, Room room, Room later) {}
