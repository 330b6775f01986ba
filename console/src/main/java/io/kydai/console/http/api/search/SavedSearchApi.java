package io.kydai.console.http.api.search;

import static java.util.Objects.requireNonNull;

import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.search.SavedSearch;
import io.kydai.console.search.SavedSearches;
import io.vertx.core.WorkerExecutor;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The operations on the searches that the caller gave names. */
public final class SavedSearchApi {
  private final SavedSearches searches;

  /** Creates the operations. */
  public SavedSearchApi(SavedSearches searches) {
    this.searches = requireNonNull(searches);
  }

  /**
   * Registers the operations.
   *
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints
        .on("listSavedSearches", desk, this::list)
        .on("saveSearch", desk, this::save)
        .on("removeSavedSearch", desk, this::remove);
  }

  /**
   * Returns the caller's account.
   *
   * @throws Problem 409 for a program, which has none
   */
  private static String account(ApiCall call) {
    return call.caller()
        .account()
        .map(account -> account.id().value())
        .orElseThrow(() -> Problem.of(409, "Only accounts have saved searches; a token has none."));
  }

  private ApiReply list(ApiCall call) {
    return ApiReply.json(
        new SearchList(searches.of(account(call)).stream().map(SearchAnswer::of).toList()));
  }

  /** The contract's {@code NewSavedSearch}. */
  private record NewSearch(String name, Map<String, String> filter) {}

  private ApiReply save(ApiCall call) {
    NewSearch body = call.body(NewSearch.class);
    try {
      return ApiReply.json(
          201,
          SearchAnswer.of(
              searches.save(
                  account(call), body.name(), body.filter(), call.actor(), call.origin())),
          Map.of());
    } catch (InvalidReportRequestException e) {
      throw Problem.badField(e.field(), e);
    }
  }

  private ApiReply remove(ApiCall call) {
    if (!searches.remove(account(call), call.path("id"), call.actor(), call.origin())) {
      throw Problem.notFound("saved search " + call.path("id"));
    }
    return ApiReply.done();
  }

  /** The contract's {@code SavedSearch}. */
  private record SearchAnswer(
      String id, String name, Map<String, String> filter, Instant createdAt) {
    static SearchAnswer of(SavedSearch search) {
      return new SearchAnswer(search.id(), search.name(), search.filter(), search.createdAt());
    }
  }

  /** The contract's {@code SavedSearchList}. */
  private record SearchList(List<SearchAnswer> searches) {}
}
