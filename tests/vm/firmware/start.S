/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The way from QEMU's multiboot loader (32-bit, no paging) to C in long mode: the host
 * bridges' registers lie above 4 GiB. The first 512 GiB are mapped one to one.
 * Multiboot Specification 0.6.96, section 3; Intel SDM volume 3, 10.8.5.
 */
#define FLAGS	   0x00010002 /* this header has addresses; tell about memory */
#define MAGIC	   0x1badb002
#define CR0_PG	   0x80000000
#define CR4_PAE	   0x20
#define EFER	   0xc0000080
#define EFER_LME   0x100
#define GIB_PAGE   0x83 /* present, writable, of 1 GiB */
#define TABLE_PAGE 0x3	/* present, writable */

	.section .start, "ax"
	.code32
	.align 4
header:
	.long MAGIC
	.long FLAGS
	.long -(MAGIC + FLAGS)
	.long header
	.long image_start
	.long image_end
	.long bss_end
	.long start

	.globl start
start:
	cli
	cld
	movl $stack_end, %esp
	movl %ebx, multiboot_info

	movl $(pages_1g + TABLE_PAGE), pages_512g
	xorl %ecx, %ecx
1:	movl %ecx, %eax
	shll $30, %eax
	orl $GIB_PAGE, %eax
	movl %eax, pages_1g(, %ecx, 8)
	movl %ecx, %eax
	shrl $2, %eax
	movl %eax, pages_1g + 4(, %ecx, 8)
	incl %ecx
	cmpl $512, %ecx
	jne 1b

	movl $pages_512g, %eax
	movl %eax, %cr3
	movl $CR4_PAE, %eax
	movl %eax, %cr4
	movl $EFER, %ecx
	rdmsr
	orl $EFER_LME, %eax
	wrmsr
	movl %cr0, %eax
	orl $CR0_PG, %eax
	movl %eax, %cr0
	lgdt segments_pointer
	ljmp $0x10, $long_mode

	.code64
long_mode:
	movw $0x18, %ax
	movw %ax, %ds
	movw %ax, %es
	movw %ax, %ss
	movl multiboot_info, %edi
	call firmware
2:	hlt
	jmp 2b

/* void enter_kernel(uint64_t entry, void *boot_params): "64-bit BOOT PROTOCOL" of boot.rst */
	.globl enter_kernel
enter_kernel:
	cli
	jmp *%rdi

	.section .data
	.align 8
/* __BOOT_CS and __BOOT_DS are where the boot protocol wants them */
segments:
	.quad 0, 0
	.quad 0x00af9a000000ffff
	.quad 0x00cf92000000ffff
segments_pointer:
	.word . - segments - 1
	.long segments
multiboot_info:
	.long 0

	.section .bss
	.align 4096
pages_512g:
	.skip 4096
pages_1g:
	.skip 4096
stack:
	.skip 16384
stack_end:
