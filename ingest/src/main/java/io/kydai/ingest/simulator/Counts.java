package io.kydai.ingest.simulator;

import java.util.concurrent.atomic.LongAdder;

/** Counts what a camera's sessions do, on whatever loops they run. */
final class Counts {
  private final LongAdder sessions = new LongAdder();
  private final LongAdder units = new LongAdder();
  private final LongAdder receiverReports = new LongAdder();
  private final LongAdder pictureLosses = new LongAdder();
  private final LongAdder intraRequests = new LongAdder();
  private volatile int lost;

  void session() {
    sessions.increment();
  }

  void sent() {
    units.increment();
  }

  void heard(RtcpFeedback feedback) {
    receiverReports.add(feedback.receiverReports());
    pictureLosses.add(feedback.pictureLosses());
    intraRequests.add(feedback.intraRequests());
    if (feedback.receiverReports() > 0) {
      lost = feedback.lost();
    }
  }

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
