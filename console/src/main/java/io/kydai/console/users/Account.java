package io.kydai.console.users;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A person who may log in.
 *
 * @param name by which the person logs in, unique without regard to case
 * @param displayName the name that others see
 * @param enabled whether the person may log in
 * @param agency whose reports an agency officer sees; null for people of no agency
 * @param grants what the person may do
 * @param version changes with each change of the account, so that of two who change it at the same
 *     time the second notices
 */
public record Account(
    AccountId id,
    String name,
    String displayName,
    boolean enabled,
    @Nullable String agency,
    List<Grant> grants,
    long version) {
  static final int MAX_GRANTS = 50;
  private static final int MAX_TEXT = 200;
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@+-]{0,99}");

  public Account {
    requireNonNull(id);
    requireNonNull(name);
    requireNonNull(displayName);
    grants = List.copyOf(grants);
    if (!NAME.matcher(name).matches()) {
      throw new InvalidPeopleException(
          "name", "1 to 100 letters, digits and . _ @ + -, the first a letter or digit");
    }
    if (displayName.isBlank() || displayName.length() > MAX_TEXT) {
      throw new InvalidPeopleException("display-name", "1 to " + MAX_TEXT + " characters");
    }
    if (agency != null && (agency.isBlank() || agency.length() > MAX_TEXT)) {
      throw new InvalidPeopleException("agency", "1 to " + MAX_TEXT + " characters");
    }
    if (grants.size() > MAX_GRANTS) {
      throw new InvalidPeopleException("grants", MAX_GRANTS + " at most");
    }
  }

  /** Returns a copy with another name for display, state, agency and other grants. */
  public Account with(
      String newDisplayName, boolean nowEnabled, @Nullable String newAgency, List<Grant> granted) {
    return new Account(id, name, newDisplayName, nowEnabled, newAgency, granted, version + 1);
  }

  /** Returns whether the account is an administrator of everything, now and always. */
  boolean isAdministrator() {
    return enabled
        && grants.stream()
            .anyMatch(
                grant ->
                    grant.role() == Role.ADMINISTRATOR
                        && grant.scope().everything()
                        && grant.from() == null
                        && grant.until() == null);
  }
}
