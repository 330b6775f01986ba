package io.kydai.console.messages.rules;

import static java.util.Objects.requireNonNull;

import io.kydai.console.incidents.Priority;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which occasions are told to whom. A condition that is null holds for all.
 *
 * @param id names it, 1 to 63 characters
 * @param occasions what it tells of; one at least
 * @param priorities the priorities of the reports
 * @param types the types of the rules whose alerts the reports come from
 * @param groups the groups of cameras, one of which the camera belongs to
 * @param areas the ids of areas, in one of which the camera stands
 * @param to who gets the messages
 * @param channels by which channels; one at least
 * @param quiet the hours in which its messages wait; null for none
 * @param urgentBreaksQuiet whether urgent reports are told in quiet hours too, the rule's and the
 *     persons' own
 */
public record MessageRule(
    String id,
    List<Occasion> occasions,
    @Nullable List<Priority> priorities,
    @Nullable List<String> types,
    @Nullable List<String> groups,
    @Nullable List<String> areas,
    Recipients to,
    List<Channel> channels,
    @Nullable Hours quiet,
    boolean urgentBreaksQuiet) {
  public MessageRule {
    requireNonNull(id);
    occasions = List.copyOf(occasions);
    priorities = priorities == null ? null : List.copyOf(priorities);
    types = types == null ? null : List.copyOf(types);
    groups = groups == null ? null : List.copyOf(groups);
    areas = areas == null ? null : List.copyOf(areas);
    requireNonNull(to);
    channels = List.copyOf(channels);
  }

  /** Returns whether it tells of such an occasion of a report of a type. */
  public boolean isFor(Occasion occasion, String type) {
    return occasions.contains(occasion)
        && (priorities == null || priorities.contains(Priority.of(type)))
        && (types == null || types.contains(type));
  }

  /**
   * Returns whether it is for a camera.
   *
   * @param cameraGroups the groups that it belongs to
   * @param cameraAreas the ids of the areas in which it stands
   */
  public boolean isAt(Set<String> cameraGroups, Set<String> cameraAreas) {
    return (groups == null || groups.stream().anyMatch(cameraGroups::contains))
        && (areas == null || areas.stream().anyMatch(cameraAreas::contains));
  }
}
