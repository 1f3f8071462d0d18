import GoToolchain
import TestSupport
import Testing

@Suite struct HostMachineTests {
    private func machine(_ files: [String: String]) -> HostMachine { HostMachine(processors: 8) { files[$0] } }

    /// proc(5): MemAvailable is in kB of 1024 bytes.
    @Test func theKernelSaysWhatIsFree() {
        let meminfo = "MemTotal:       24684092 kB\nMemFree: 1 kB\nMemAvailable:    2097152 kB\n"
        #expect(machine(["/proc/meminfo": meminfo]).availableMemory == 2 << 30)
        #expect(machine(["/proc/meminfo": meminfo]).cores == 8)
    }

    @Test func aControlGroupGrantsLess() {
        let files = [
            "/proc/meminfo": "MemAvailable: 8388608 kB\n", "/sys/fs/cgroup/cpu.max": "150000 100000\n",
            "/sys/fs/cgroup/memory.max": "1073741824\n", "/sys/fs/cgroup/memory.current": "73741824\n",
        ]
        #expect(machine(files).availableMemory == 1_000_000_000)
        #expect(machine(files).cores == 2)
    }

    @Test func aGroupWithoutLimitGrantsAll() {
        let files = [
            "/proc/meminfo": "MemAvailable: 1024 kB\n", "/sys/fs/cgroup/cpu.max": "max 100000\n",
            "/sys/fs/cgroup/memory.max": "max\n", "/sys/fs/cgroup/memory.current": "5\n",
        ]
        #expect(machine(files).availableMemory == 1 << 20)
        #expect(machine(files).cores == 8)
    }

    /// cgroup-v2.rst, cpu.max: "$MAX $PERIOD", in microseconds.
    @Test(arguments: [
        ("max 100000\n", 8), ("100000 100000\n", 1), ("50000 100000\n", 1), ("250000 100000\n", 3),
        ("1600000 100000\n", 8), ("nonsense\n", 8), ("", 8), ("100000 0\n", 8),
    ])
    func aQuotaIsRoundedUpToCores(text: String, cores: Int) {
        #expect(machine(["/sys/fs/cgroup/cpu.max": text]).cores == cores)
    }

    /// cgroup-v1/memory.rst: the limit and the usage are in files of their own.
    @Test func theFirstVersionOfControlGroupsIsReadToo() {
        let files = [
            "/proc/meminfo": "MemAvailable: 8388608 kB\n",
            "/sys/fs/cgroup/memory/memory.limit_in_bytes": "536870912\n",
            "/sys/fs/cgroup/memory/memory.usage_in_bytes": "36870912\n",
        ]
        #expect(machine(files).availableMemory == 500_000_000)
    }

    @Test func aGroupThatIsFullHasNothingLeft() {
        let files = ["/sys/fs/cgroup/memory.max": "100\n", "/sys/fs/cgroup/memory.current": "200\n"]
        #expect(machine(files).availableMemory == 0)
    }

    @Test func aMachineThatSaysNothingHasOneGigabyte() {
        #expect(machine([:]).availableMemory == 1 << 30)
        #expect(HostMachine(processors: 0) { _ in nil }.cores == 1)
    }

    /// nproc(1) counts the processors that the scheduler gives it.
    @Test func theMeasurementDoesNotExceedTheMachine() throws {
        let processors = try #require(
            Int(try Execution("nproc", [], environment: ["OMP_NUM_THREADS": ""]).output.filter(\.isNumber)))
        #expect((1...processors).contains(HostMachine.current.cores))
        #expect(HostMachine.current.availableMemory > 0)
    }
}
