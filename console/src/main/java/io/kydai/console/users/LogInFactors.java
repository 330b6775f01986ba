package io.kydai.console.users;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.users.factor.FactorChange;
import io.kydai.console.users.factor.Passkeys;
import io.kydai.console.users.factor.SecondFactors;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The second factors that log-ins by password need: of every account that has one, and of those
 * that have a role for which the configuration demands it.
 *
 * @param required the roles whose holders need a second factor
 */
public record LogInFactors(SecondFactors factors, Passkeys passkeys, Set<Role> required)
    implements Sessions.SecondFactor {
  public LogInFactors {
    requireNonNull(factors);
    requireNonNull(passkeys);
    required = Set.copyOf(required);
  }

  @Override
  public Optional<String> accept(Account account, @Nullable String code, RequestOrigin origin) {
    String id = account.id().value();
    if (!factors.of(id).any()) {
      return Optional.of(NOT_NEEDED);
    }
    if (code == null) {
      throw new SecondFactorNeededException();
    }
    return factors.accept(FactorChange.ofOwn(id, account.name(), origin), code);
  }

  @Override
  public boolean isMissing(Account account) {
    return isRequired(account) && !factors.enrolled(account.id().value());
  }

  /** Returns whether one of an account's roles demands a second factor. */
  public boolean isRequired(Account account) {
    return account.grants().stream().anyMatch(grant -> required.contains(grant.role()));
  }
}
