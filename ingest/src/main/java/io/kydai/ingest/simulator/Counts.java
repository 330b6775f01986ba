package io.kydai.ingest.simulator;

import io.kydai.ingest.simulator.transport.RtcpFeedback;
import java.util.concurrent.atomic.LongAdder;

/** Counts a camera's sessions and what they send and receive. Thread-safe. */
final class Counts {
  private final LongAdder sessions = new LongAdder();
  private final LongAdder units = new LongAdder();
  private final LongAdder receiverReports = new LongAdder();
  private final LongAdder pictureLosses = new LongAdder();
  private final LongAdder intraRequests = new LongAdder();
  private volatile int lost;

  /** Counts a session that begins to play. */
  void session() {
    sessions.increment();
  }

  /** Counts a unit that was sent. */
  void sent() {
    units.increment();
  }

  /** Counts the feedback of a client. */
  void received(RtcpFeedback feedback) {
    receiverReports.add(feedback.receiverReports());
    pictureLosses.add(feedback.pictureLosses());
    intraRequests.add(feedback.intraRequests());
    if (feedback.receiverReports() > 0) {
      lost = feedback.lost();
    }
  }

  /** Returns the counts with the number of clients that are connected. */
  CameraCounts now(int clients) {
    return new CameraCounts(
        clients,
        sessions.sum(),
        units.sum(),
        receiverReports.sum(),
        lost,
        pictureLosses.sum(),
        intraRequests.sum());
  }
}
