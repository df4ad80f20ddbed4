import LoggistModel
import LoggistStore
import TestSupport
import Testing

@testable import LoggistSync

/// What is read out of the engine's words, without an engine.
@Suite struct EngineTests {
  @Test func `an acknowledgement covers what is settled, up to what is not`() {
    var mark = AckMark()
    for number in 1...5 { mark.delivered(number) }
    for number in [1, 2, 4] { mark.settle(Receipt(number: number, reply: "r\(number)")) }
    #expect(mark.take() == "r2")
    #expect(mark.take() == nil)
    mark.settle(Receipt(number: 3, reply: "r3"))
    #expect(mark.take() == "r4")
    mark.settle(Receipt(number: 5, reply: "r5"))
    #expect(mark.take() == "r5")
    #expect(mark.take() == nil)
  }

  @Test func `a delivery says its place and how many are to come`() {
    let plain = "$JS.ACK.LOGGIST_CARE.INC.1.812.40.1641412272345000000.7"
    #expect(NATSCourier.place(inStream: plain) == 812)
    #expect(NATSCourier.pending(in: plain) == 7)
    let whole = "$JS.ACK.hub.ACCOUNT.LOGGIST_CARE.INC.1.812.40.1641412272345000000.7.token"
    #expect(NATSCourier.place(inStream: whole) == 812)
    #expect(NATSCourier.pending(in: whole) == 7)
    #expect(NATSCourier.place(inStream: "$JS.ACK.x") == nil)
  }

  @Test(
    arguments: [
      ("2.9.10", true), ("2.10.26", true), ("2.10.27", false), ("2.15.1", false), ("3.0.0", false),
      ("2.10.27-beta.1", false), ("", true),
    ])
  func `a server is too old before 2.10.27`(version: String, isTooOld: Bool) {
    #expect(ServerSurvey.isTooOld(version) == isTooOld)
  }

  @Test func `servers tell their version, and those that are asked to, when they flush`() {
    var survey = ServerSurvey()
    survey.take(Array(#"{"server":{"name":"a","ver":"2.15.1"},"data":{}}"#.utf8))
    #expect(survey.all == [.init(name: "a", version: "2.15.1", policy: .unknown)])
    survey.take(
      Array(
        #"{"server":{"name":"a","ver":"2.15.1"},"data":{"config":{"sync_interval":120000000000}}}"#
          .utf8))
    #expect(survey.all == [.init(name: "a", version: "2.15.1", policy: .seconds(120))])
    #expect(survey.unflushed(replicas: 1).map(\.code) == ["not_flushed"])
    #expect(survey.unflushed(replicas: 3).isEmpty)
    survey.take(
      Array(#"{"server":{"name":"a","ver":"2.15.1"},"data":{"config":{"sync_always":true}}}"#.utf8))
    #expect(survey.unflushed(replicas: 1).isEmpty)
    survey.take(Array("not JSON".utf8))
    #expect(survey.all.count == 1)
  }

  @Test(
    arguments: [
      ("SSL Error: certificate verify failed", "server_certificate"),
      ("tlsv13 alert certificate required", "certificate_refused"),
      ("Authorization Violation", "certificate_refused"),
      ("(conn.c:1909): Expected 'PONG', got ''", "certificate_refused"),
      ("(conn.c:402): SSL_write error: (null)", "certificate_refused"),
      ("(opts.c:492): Error loading certificate chain 'x.pem': (null)", "certificate_unusable"),
      ("(opts.c:446): Error loading trusted certificates 'ca.pem': (null)", "authority_unusable"),
      ("(conn.c:733): SSL handshake error: 20:unable to get local issuer", "server_certificate"),
      ("Connection refused", "unreachable"),
      ("", "unreachable"),
    ])
  func `a failed connection has its sort`(words: String, code: String) {
    #expect(SyncProblem(connection: words).code == code)
    #expect(!SyncProblem(connection: words).sentence.contains("(null)"))
  }

  @Test func `what a server refuses is named without what a terminal acts on`() {
    let words = "Permissions Violation for Publish to \"loggist.care.log.\u{1B}[2JINC\""
    #expect(SyncProblem.refusal(words) == "publish loggist.care.log.?[2JINC")
    #expect(SyncProblem.refusal("Slow Consumer") == nil)
    let old = SyncReport.Server(name: "a", version: "2.9.10", policy: .unknown)
    #expect(
      SyncProblem.serverTooOld(old).sentence
        == "server a is nats-server 2.9.10, which has replaced acknowledged messages by others: "
        + "nothing is sent until it is 2.10.27 or later")
  }

  @Test func `a hub gathers what its sites say, and a site that and what it says`() throws {
    let subjects = Subjects(org: "care", name: try #require(NodeCode("INC")), instance: "1")
    let plans = { (settings: (inout Configuration.Sync) -> Void) in
      var sync = Configuration.Sync()
      settings(&sync)
      return StreamPlan.all(sync, subjects)
    }
    let (alone, hub) = (plans { _ in }, plans { $0.sites = ["NORTH", "SOUTH"] })
    let site = plans { ($0.hub, $0.replicas) = ("HUB", 1) }
    #expect(alone.map(\.name) == ["LOGGIST_CARE"])
    #expect(site.map(\.name) == ["LOGGIST_CARE_SITE", "LOGGIST_CARE"])
    #expect(site.map(\.subjects) == [["loggist.care.log.*"], []])
    for plan in alone + hub + site {
      let made = JSONValue.object([JSONMember("config", plan.configuration)])
      #expect(plan.differences(of: made).isEmpty)
    }
    let before = JSONValue.object([JSONMember("config", alone[0].configuration)])
    #expect(
      hub[0].differences(of: before) == [
        "sources: none, not LOGGIST_CARE_SITE of NORTH, LOGGIST_CARE_SITE of SOUTH"
      ])
  }

  @Test func `waiting grows to ten seconds and starts anew`() {
    var random = SeededGenerator(seed: 1)
    var backOff = BackOff()
    let waits = (0..<10).map { _ in backOff.next(&random) }
    for (wait, full) in zip(
      waits, [200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000, 10_000])
    {
      #expect((full * 3 / 4...full).contains(wait))
    }
    backOff.reset()
    #expect(backOff.next(&random) <= 200)
  }

  @Test func `a connection that hangs while others can be had is hopeless, one that waits is not`()
  {
    var diagnosis = Diagnosis(0)
    var outcome: String?
    func pass(_ from: Int, _ to: Int) {
      for now in stride(from: from, through: to, by: 100) { diagnosis.look(now) { { outcome } } }
    }
    outcome = "no servers available"
    pass(0, 600_000)
    #expect(diagnosis.words == "no servers available")
    #expect(!diagnosis.isHopeless)
    outcome = ""
    var now = 600_000
    while !diagnosis.words.isEmpty {
      now += 100
      pass(now, now)
    }
    // The first one that got a connection: the other may have been about to.
    #expect(now < 661_000 && !diagnosis.isHopeless)
    pass(now + 100, now + 14_000)
    #expect(!diagnosis.isHopeless)
    pass(now + 14_100, now + 16_000)
    #expect(diagnosis.isHopeless)
    diagnosis.reset(680_100)
    #expect(!diagnosis.isHopeless)
    outcome = nil
    pass(680_200, 780_000)
    #expect(diagnosis.words == Diagnosis.silence)
    #expect(!diagnosis.isHopeless)
    pass(780_100, 1_000_000)
    #expect(diagnosis.isHopeless)
  }
}
