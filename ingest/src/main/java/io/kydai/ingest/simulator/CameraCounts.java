package io.kydai.ingest.simulator;

/**
 * What a simulated camera saw of its clients, since it started.
 *
 * @param clients that are connected now
 * @param sessions that were played
 * @param units pictures, pieces of sound and documents sent, to all sessions together
 * @param receiverReports that came
 * @param lost packets that the last receiver report named as lost
 * @param pictureLosses picture loss indications (PLI) that came
 * @param intraRequests full intra requests (FIR) that came
 */
public record CameraCounts(
    int clients,
    long sessions,
    long units,
    long receiverReports,
    int lost,
    long pictureLosses,
    long intraRequests) {}
