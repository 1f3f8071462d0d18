import GoToolchain
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
}
