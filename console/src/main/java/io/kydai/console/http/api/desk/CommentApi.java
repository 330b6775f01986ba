package io.kydai.console.http.api.desk;

import io.kydai.console.comments.Comment;
import io.kydai.console.comments.Comments;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.reports.Report;
import io.vertx.core.WorkerExecutor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations on the comments of reports. */
public final class CommentApi {
  private final Comments comments;
  private final ReportAccess access;

  public CommentApi(Desk desk, Cameras cameras) {
    this.comments = desk.comments();
    this.access = new ReportAccess(desk.reports(), cameras);
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints.on("listComments", desk, this::list).on("addComment", desk, this::add);
  }

  private ApiReply list(ApiCall call) {
    Report report = access.find(call);
    return ApiReply.json(
        new CommentList(comments.of(report.id()).stream().map(CommentAnswer::of).toList()));
  }

  /** The contract's {@code NewComment}. */
  private record NewComment(String text, @Nullable Boolean isPublic) {}

  private ApiReply add(ApiCall call) {
    Report report = access.find(call);
    access.checkWorksOn(call.caller(), report);
    NewComment body = call.body(NewComment.class);
    try {
      Comment comment =
          comments.add(
              report,
              body.text(),
              Boolean.TRUE.equals(body.isPublic()),
              call.actor(),
              call.origin());
      return ApiReply.json(201, CommentAnswer.of(comment), Map.of());
    } catch (InvalidReportRequestException e) {
      throw Problem.badField(e.field(), e);
    }
  }

  /** The contract's {@code Comment}. */
  private record CommentAnswer(String id, Instant at, String actor, boolean isPublic, String text) {
    static CommentAnswer of(Comment comment) {
      return new CommentAnswer(
          comment.id(), comment.at(), comment.actor(), comment.open(), comment.text());
    }
  }

  /** The contract's {@code CommentList}. */
  private record CommentList(List<CommentAnswer> comments) {}
}
