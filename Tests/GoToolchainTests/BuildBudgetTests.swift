import GoToolchain
import Testing

@Suite struct BuildBudgetTests {
    private static let gigabyte = 1 << 30

    @Test(arguments: [
        // One build has all cores; two have one each; three on two cores would leave one idle in the end.
        (steps: 1, cores: 2, lanes: 1, parallelism: 2), (2, 2, 2, 1), (3, 2, 3, 1), (8, 2, 2, 1), (2, 8, 2, 4),
        (14, 8, 14, 1), (13, 4, 5, 1), (0, 4, 1, 4),
    ])
    func coresAreKeptBusy(steps: Int, cores: Int, lanes: Int, parallelism: Int) {
        let budget = BuildBudget(steps: steps, cores: cores, memory: 64 * BuildBudgetTests.gigabyte)
        #expect(budget.lanes == lanes)
        #expect(budget.parallelism == parallelism)
    }

    @Test(arguments: [1, 2, 4, 16, 64], [200 << 20, 1 << 30, 3 << 30, 64 << 30])
    func theSharesNeverExceedTheMemory(cores: Int, memory: Int) {
        for steps in 1...20 {
            for jobs in [nil, 1, 3, 50] {
                let budget = BuildBudget(steps: steps, cores: cores, memory: memory, jobs: jobs)
                #expect(budget.lanes >= 1 && budget.parallelism >= 1 && budget.lanes <= steps)
                #expect(budget.share * budget.lanes * budget.parallelism <= memory)
            }
        }
    }

    @Test func aSmallMachineRunsFewerAndLeavesTheCollectorOn() {
        let small = BuildBudget(steps: 8, cores: 8, memory: 800 << 20)
        #expect(small.lanes * small.parallelism == 2)
        #expect(small.environment(for: "go1.27.3")["GOMEMLIMIT"] == "400MiB")
        let tiny = BuildBudget(steps: 8, cores: 8, memory: 200 << 20)
        #expect(tiny.lanes * tiny.parallelism == 1)
        #expect(tiny.environment(for: "go1.27.3") == ["GOMAXPROCS": "1"])
    }

    /// GOMEMLIMIT came with Go 1.19; without it a collector that is off knows no bound.
    @Test func theCollectorIsOffOnlyWhereThereIsALimit() {
        let budget = BuildBudget(steps: 2, cores: 2, memory: BuildBudgetTests.gigabyte)
        #expect(budget.environment(for: "go1.18.10")["GOGC"] == nil)
        #expect(budget.environment(for: "go1.19.8")["GOGC"] == "off")
    }
}
