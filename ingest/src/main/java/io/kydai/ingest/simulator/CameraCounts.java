package io.kydai.ingest.simulator;

/**
 * Counts of a simulated camera since its start.
 *
 * @param clients the number of clients that are connected now
 * @param sessions the number of sessions that were played
 * @param units the number of pictures, audio frames and metadata documents sent to all sessions
 * @param receiverReports the number of receiver reports received
 * @param lost the cumulative number of packets lost in the last receiver report
 * @param pictureLosses the number of picture loss indications (PLI) received
 * @param intraRequests the number of full intra requests (FIR) received
 */
public record CameraCounts(
    int clients,
    long sessions,
    long units,
    long receiverReports,
    int lost,
    long pictureLosses,
    long intraRequests) {}
