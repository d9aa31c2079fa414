#!/usr/bin/env python3
"""01/TCD and 02/XLD word for word as Thông tư 06/2025/TT-TTCP prints them, read from the workbook; and what a reader gets
out of the PDF files.

The tables below were typed from the circular, not from the templates: path of the titles, number and formula.
"""
import datetime as dt
import os
import re
import subprocess
import sys

try:
    import openpyxl
except ImportError:  # another python3 comes first in the path than the one with Debian's packages
    if sys.executable == '/usr/bin/python3' or not os.path.exists('/usr/bin/python3'):
        raise
    os.execv('/usr/bin/python3', ['/usr/bin/python3', *sys.argv])

import _run
from _workbook import cells

TCD = '''
1=5+11+17|Tổng số lượt tiếp
2=6+12+18|Tổng số người được tiếp
3=7+13+19|Tổng số vụ việc tiếp
4=8+14+20|Tổng số đoàn đông người
5|Tiếp thường xuyên > Số lượt tiếp
6|Tiếp thường xuyên > Số người được tiếp
7|Tiếp thường xuyên > Số vụ việc
8|Tiếp thường xuyên > Trong đó đoàn đông người > Số đoàn được tiếp
9|Tiếp thường xuyên > Trong đó đoàn đông người > Số người được tiếp
10|Tiếp định kỳ và đột xuất của Thủ trưởng > Thủ trưởng tiếp > Số ngày tiếp
11|Tiếp định kỳ và đột xuất của Thủ trưởng > Thủ trưởng tiếp > Số lượt tiếp
12|Tiếp định kỳ và đột xuất của Thủ trưởng > Thủ trưởng tiếp > Số người được tiếp
13|Tiếp định kỳ và đột xuất của Thủ trưởng > Thủ trưởng tiếp > Số vụ việc
14|Tiếp định kỳ và đột xuất của Thủ trưởng > Thủ trưởng tiếp > Trong đó đoàn đông người > Số đoàn được tiếp
15|Tiếp định kỳ và đột xuất của Thủ trưởng > Thủ trưởng tiếp > Trong đó đoàn đông người > Số người được tiếp
16|Tiếp định kỳ và đột xuất của Thủ trưởng > Ủy quyền tiếp > Số ngày tiếp
17|Tiếp định kỳ và đột xuất của Thủ trưởng > Ủy quyền tiếp > Số lượt tiếp
18|Tiếp định kỳ và đột xuất của Thủ trưởng > Ủy quyền tiếp > Số người được tiếp
19|Tiếp định kỳ và đột xuất của Thủ trưởng > Ủy quyền tiếp > Số vụ việc
20|Tiếp định kỳ và đột xuất của Thủ trưởng > Ủy quyền tiếp > Trong đó đoàn đông người > Số đoàn được tiếp
21|Tiếp định kỳ và đột xuất của Thủ trưởng > Ủy quyền tiếp > Trong đó đoàn đông người > Số người được tiếp
'''
XLD = '''
1|Tổng số đơn
2|Số đơn đã xử lý
3=4+23|Số đơn đủ điều kiện xử lý
4=6+12+19|Số đơn thuộc thẩm quyền
5|Số vụ việc thuộc thẩm quyền
6=7+8=9+10+11|Số đơn thuộc thẩm quyền > Khiếu nại > Tổng số đơn
7|Số đơn thuộc thẩm quyền > Khiếu nại > Phân loại theo thẩm quyền giải quyết > Khiếu nại lần đầu
8|Số đơn thuộc thẩm quyền > Khiếu nại > Phân loại theo thẩm quyền giải quyết > Khiếu nại lần 2
9|Số đơn thuộc thẩm quyền > Khiếu nại > Phân loại theo lĩnh vực > Đất đai
10|Số đơn thuộc thẩm quyền > Khiếu nại > Phân loại theo lĩnh vực > Chế độ, chính sách
11|Số đơn thuộc thẩm quyền > Khiếu nại > Phân loại theo lĩnh vực > Khác
12=13+14=15+16+17+18|Số đơn thuộc thẩm quyền > Tố cáo > Tổng số đơn
13|Số đơn thuộc thẩm quyền > Tố cáo > Phân loại theo thẩm quyền giải quyết > Tố cáo lần đầu
14|Số đơn thuộc thẩm quyền > Tố cáo > Phân loại theo thẩm quyền giải quyết > Tố cáo tiếp
15|Số đơn thuộc thẩm quyền > Tố cáo > Phân loại theo lĩnh vực > Hành chính
16|Số đơn thuộc thẩm quyền > Tố cáo > Phân loại theo lĩnh vực > Tham nhũng
17|Số đơn thuộc thẩm quyền > Tố cáo > Phân loại theo lĩnh vực > Tư pháp
18|Số đơn thuộc thẩm quyền > Tố cáo > Phân loại theo lĩnh vực > Khác
19=20+21+22|Số đơn thuộc thẩm quyền > Kiến nghị, phản ánh > Tổng số đơn
20|Số đơn thuộc thẩm quyền > Kiến nghị, phản ánh > Phân loại theo lĩnh vực > Chế độ, chính sách
21|Số đơn thuộc thẩm quyền > Kiến nghị, phản ánh > Phân loại theo lĩnh vực > Đất đai
22|Số đơn thuộc thẩm quyền > Kiến nghị, phản ánh > Phân loại theo lĩnh vực > Khác
23=24+25|Số đơn không thuộc thẩm quyền > Tổng số đơn
24|Số đơn không thuộc thẩm quyền > Phân loại theo kết quả xử lý > Hướng dẫn
25|Số đơn không thuộc thẩm quyền > Phân loại theo kết quả xử lý > Chuyển đơn
'''
GQKN = '''
1|Tổng số đơn khiếu nại thuộc thẩm quyền
2=3+4+5+6|Tổng số vụ việc
3|Phân tích kết quả > Đang xem xét điều kiện thụ lý
4|Phân tích kết quả > Đã thụ lý giải quyết
5|Phân tích kết quả > Không thụ lý
6|Phân tích kết quả > Rút đơn, đình chỉ giải quyết
7=8+9+10+11+12|Tổng số Quyết định ban hành trong kỳ
8|Giải quyết lần đầu > Khiếu nại đúng
9|Giải quyết lần đầu > Khiếu nại sai
10|Giải quyết lần đầu > Khiếu nại đúng 1 phần
11|Giải quyết lần 2 > Công nhận kết quả lần đầu
12|Giải quyết lần 2 > Hủy, sửa kết quả lần đầu
13|Kiến nghị thu hồi cho Nhà nước > Tiền (Trđ)
14|Kiến nghị thu hồi cho Nhà nước > Đất (m2)
15|Trả lại cho tổ chức, cá nhân > Tiền (Trđ)
16|Trả lại cho tổ chức, cá nhân > Đất (m2)
17|Trả lại cho tổ chức, cá nhân > Số tổ chức được trả lại quyền lợi
18|Trả lại cho tổ chức, cá nhân > Số cá nhân được trả lại quyền lợi
19|Kiến nghị xử lý hành chính > Tổng số người bị kiến nghị xử lý
20|Kiến nghị xử lý hành chính > Trong đó số cán bộ, công chức, viên chức
21|Chuyển cơ quan điều tra > Số vụ
22|Chuyển cơ quan điều tra > Tổng số người
23|Chuyển cơ quan điều tra > Trong đó số cán bộ, công chức, viên chức
'''
GQTC = '''
1|Tổng số đơn tố cáo thuộc thẩm quyền
2=3+4+5+6|Tổng số vụ việc
3|Phân tích kết quả > Đang xem xét điều kiện thụ lý
4|Phân tích kết quả > Đã thụ lý giải quyết
5|Phân tích kết quả > Không thụ lý
6|Phân tích kết quả > Rút đơn, đình chỉ giải quyết
7=8+9+10+11+12+13|Tổng số Kết luận ban hành trong kỳ
8|Tố cáo lần đầu > Tố cáo đúng
9|Tố cáo lần đầu > Tố cáo sai
10|Tố cáo lần đầu > Tố cáo có đúng có sai
11|Tố cáo tiếp > Tố cáo tiếp đúng
12|Tố cáo tiếp > Tố cáo tiếp sai
13|Tố cáo tiếp > Tố cáo tiếp có đúng có sai
14|Kiến nghị thu hồi cho Nhà nước > Tiền (Trđ)
15|Kiến nghị thu hồi cho Nhà nước > Đất (m2)
16|Trả lại cho tổ chức, cá nhân > Tiền (Trđ)
17|Trả lại cho tổ chức, cá nhân > Đất (m2)
18|Trả lại cho tổ chức, cá nhân > Số tổ chức được trả lại quyền lợi
19|Trả lại cho tổ chức, cá nhân > Số cá nhân được trả lại quyền lợi
20|Kiến nghị xử lý hành chính > Tổ chức
21|Kiến nghị xử lý hành chính > Cá nhân
22|Kiến nghị xử lý hành chính > Trong đó, Cán bộ, công chức
23|Chuyển cơ quan điều tra > Số vụ
24|Chuyển cơ quan điều tra > Số đối tượng
25|Chuyển cơ quan điều tra > Trong đó số cán bộ, công chức, viên chức
'''
KQTH = '''
1|Kết quả thi hành Quyết định giải quyết khiếu nại > Tổng số Quyết định phải thi hành trong kỳ
2|Kết quả thi hành Quyết định giải quyết khiếu nại > Tổng số Quyết định đã thi hành xong
3|Kết quả thi hành Quyết định giải quyết khiếu nại > Thu hồi cho Nhà nước > Phải thu > Tiền (Trđ)
4|Kết quả thi hành Quyết định giải quyết khiếu nại > Thu hồi cho Nhà nước > Phải thu > Đất (m2)
5|Kết quả thi hành Quyết định giải quyết khiếu nại > Thu hồi cho Nhà nước > Đã thu > Tiền (Trđ)
6|Kết quả thi hành Quyết định giải quyết khiếu nại > Thu hồi cho Nhà nước > Đã thu > Đất (m2)
7|Kết quả thi hành Quyết định giải quyết khiếu nại > Trả lại cho tổ chức, cá nhân > Phải trả > Tiền (Trđ)
8|Kết quả thi hành Quyết định giải quyết khiếu nại > Trả lại cho tổ chức, cá nhân > Phải trả > Đất (m2)
9|Kết quả thi hành Quyết định giải quyết khiếu nại > Trả lại cho tổ chức, cá nhân > Đã trả > Tiền (Trđ)
10|Kết quả thi hành Quyết định giải quyết khiếu nại > Trả lại cho tổ chức, cá nhân > Đã trả > Đất (m2)
11|Kết quả thi hành Quyết định giải quyết khiếu nại > Đã xử lý hành chính > Tổng số người bị xử lý
12|Kết quả thi hành Quyết định giải quyết khiếu nại > Đã xử lý hành chính > Trong đó số cán bộ, công chức, viên chức
13|Kết quả thi hành Quyết định giải quyết khiếu nại > Đã khởi tố > Số vụ
14|Kết quả thi hành Quyết định giải quyết khiếu nại > Đã khởi tố > Số người
15|Kết quả thi hành Quyết định giải quyết khiếu nại > Đã khởi tố > Trong đó số cán bộ, công chức, viên chức
16|Kết quả thực hiện Kết luận nội dung tố cáo > Tổng số Kết luận phải thực hiện trong kỳ
17|Kết quả thực hiện Kết luận nội dung tố cáo > Tổng số Kết luận đã thực hiện xong
18|Kết quả thực hiện Kết luận nội dung tố cáo > Thu hồi cho Nhà nước > Phải thu > Tiền (Trđ)
19|Kết quả thực hiện Kết luận nội dung tố cáo > Thu hồi cho Nhà nước > Phải thu > Đất (m2)
20|Kết quả thực hiện Kết luận nội dung tố cáo > Thu hồi cho Nhà nước > Đã thu > Tiền (Trđ)
21|Kết quả thực hiện Kết luận nội dung tố cáo > Thu hồi cho Nhà nước > Đã thu > Đất (m2)
22|Kết quả thực hiện Kết luận nội dung tố cáo > Trả lại cho tổ chức, cá nhân > Phải trả > Tiền (Trđ)
23|Kết quả thực hiện Kết luận nội dung tố cáo > Trả lại cho tổ chức, cá nhân > Phải trả > Đất (m2)
24|Kết quả thực hiện Kết luận nội dung tố cáo > Trả lại cho tổ chức, cá nhân > Đã trả > Tiền (Trđ)
25|Kết quả thực hiện Kết luận nội dung tố cáo > Trả lại cho tổ chức, cá nhân > Đã trả > Đất (m2)
26|Kết quả thực hiện Kết luận nội dung tố cáo > Đã xử lý hành chính > Tổng số tổ chức bị xử lý
27|Kết quả thực hiện Kết luận nội dung tố cáo > Đã xử lý hành chính > Tổng số cá nhân bị xử lý
28|Kết quả thực hiện Kết luận nội dung tố cáo > Đã xử lý hành chính > Trong đó số cán bộ, công chức, viên chức
29|Kết quả thực hiện Kết luận nội dung tố cáo > Đã khởi tố > Số vụ
30|Kết quả thực hiện Kết luận nội dung tố cáo > Đã khởi tố > Số đối tượng
31|Kết quả thực hiện Kết luận nội dung tố cáo > Đã khởi tố > Trong đó số cán bộ, công chức, viên chức
'''
QLKNTC = '''
1|Ban hành văn bản quản lý, chỉ đạo (Bộ, ngành, tỉnh, TP) về công tác TCD KN, TC > Số văn bản ban hành mới
2|Ban hành văn bản quản lý, chỉ đạo (Bộ, ngành, tỉnh, TP) về công tác TCD KN, TC > Số văn bản được sửa đổi, bổ sung
3|Ban hành văn bản quản lý, chỉ đạo (Bộ, ngành, tỉnh, TP) về công tác TCD KN, TC > Số văn bản hủy bỏ
4|Tập huấn, tuyên truyền, giáo dục pháp luật về TCD, KN, TC > Số lớp
5|Tập huấn, tuyên truyền, giáo dục pháp luật về TCD, KN, TC > Số người
6|Thanh tra trách nhiệm > Thực hiện pháp luật về TCD, KN, TC > Số cuộc
7|Thanh tra trách nhiệm > Thực hiện pháp luật về TCD, KN, TC > Số đơn vị
8|Thanh tra trách nhiệm > Số cuộc đã ban hành kết luận
9|Thanh tra trách nhiệm > Kiến nghị xử lý > Hành chính > Tổ chức
10|Thanh tra trách nhiệm > Kiến nghị xử lý > Hành chính > Cá nhân
11|Thanh tra trách nhiệm > Kiến nghị xử lý > Chuyển cơ quan điều tra > Tổ chức
12|Thanh tra trách nhiệm > Kiến nghị xử lý > Chuyển cơ quan điều tra > Cá nhân
13|Kết quả thực hiện kết luận, quyết định xử lý về thanh tra trách nhiệm > Tổng số KLTT thực hiện
14|Kết quả thực hiện kết luận, quyết định xử lý về thanh tra trách nhiệm > Đã xử lý hành chính > Tổ chức
15|Kết quả thực hiện kết luận, quyết định xử lý về thanh tra trách nhiệm > Đã xử lý hành chính > Cá nhân
16|Kết quả thực hiện kết luận, quyết định xử lý về thanh tra trách nhiệm > Đã khởi tố > Vụ
17|Kết quả thực hiện kết luận, quyết định xử lý về thanh tra trách nhiệm > Đã khởi tố > Đối tượng
'''
TTR1 = '''
1=2+3=4+5|Số cuộc thanh tra thực hiện trong kỳ > Tổng số
2|Số cuộc thanh tra thực hiện trong kỳ > Phân loại > Triển khai từ kỳ trước chuyển sang
3|Số cuộc thanh tra thực hiện trong kỳ > Phân loại > Triển khai trong kỳ
4|Số cuộc thanh tra thực hiện trong kỳ > Phân loại > Theo Kế hoạch
5|Số cuộc thanh tra thực hiện trong kỳ > Phân loại > Đột xuất
6|Số kết luận thanh tra đã ban hành
7|Số đơn vị được thanh tra theo kết luận
8=10+16|Kiến nghị xử lý > Vi phạm về kinh tế > Tổng số tiền vi phạm về kinh tế (Triệu đồng)
9=11+17|Kiến nghị xử lý > Vi phạm về kinh tế > Tổng số đất vi phạm về kinh tế (m2)
10=12+14|Kiến nghị xử lý > Vi phạm về kinh tế > Kiến nghị thu hồi > Tổng số > Tiền (Triệu đồng)
11=13+15|Kiến nghị xử lý > Vi phạm về kinh tế > Kiến nghị thu hồi > Tổng số > Đất (m2)
12|Kiến nghị xử lý > Vi phạm về kinh tế > Kiến nghị thu hồi > Về NSNN > Tiền (Triệu đồng)
13|Kiến nghị xử lý > Vi phạm về kinh tế > Kiến nghị thu hồi > Về NSNN > Đất (m2)
14|Kiến nghị xử lý > Vi phạm về kinh tế > Kiến nghị thu hồi > Về tổ chức, cá nhân > Tiền (Triệu đồng)
15|Kiến nghị xử lý > Vi phạm về kinh tế > Kiến nghị thu hồi > Về tổ chức, cá nhân > Đất (m2)
16|Kiến nghị xử lý > Vi phạm về kinh tế > Kiến nghị xử lý khác > Tiền (Triệu đồng)
17|Kiến nghị xử lý > Vi phạm về kinh tế > Kiến nghị xử lý khác > Đất (m2)
18=19+20|Kiến nghị xử lý > Vi phạm hành chính > Bằng tiền > Tổng số tiền (Triệu đồng)
19|Kiến nghị xử lý > Vi phạm hành chính > Bằng tiền > Tổ chức (Triệu đồng)
20|Kiến nghị xử lý > Vi phạm hành chính > Bằng tiền > Cá nhân (Triệu đồng)
21=22+23|Kiến nghị xử lý > Vi phạm hành chính > Xử lý trách nhiệm > Tổng số
22|Kiến nghị xử lý > Vi phạm hành chính > Xử lý trách nhiệm > Tổ chức
23|Kiến nghị xử lý > Vi phạm hành chính > Xử lý trách nhiệm > Cá nhân
24|Kiến nghị xử lý > Chuyển cơ quan điều tra > Vụ
25|Kiến nghị xử lý > Chuyển cơ quan điều tra > Đối tượng
26|Kiến nghị xử lý > Hoàn thiện cơ chế, chính sách (số văn bản)
'''
TTR2 = '''
1=3+4|Kết luận thanh tra phải thực hiện > Tổng số
2|Kết luận thanh tra phải thực hiện > Trong đó số kết luận chưa thực hiện xong kỳ trước chuyển sang
3|Tiến độ thực hiện kết luận > Số kết luận đã hoàn thành
4|Tiến độ thực hiện kết luận > Số kết luận chưa hoàn thành
5|Kết quả thực hiện thu hồi về ngân sách nhà nước > Tiền (Triệu đồng) > Tổng số tiền phải thu
6|Kết quả thực hiện thu hồi về ngân sách nhà nước > Tiền (Triệu đồng) > Số tiền đã thu trong kỳ
7|Kết quả thực hiện thu hồi về ngân sách nhà nước > Đất (m2) > Tổng số đất phải thu
8|Kết quả thực hiện thu hồi về ngân sách nhà nước > Đất (m2) > Số đất đã thu trong kỳ
9|Kết quả thực hiện thu hồi về tổ chức, cá nhân > Tiền (Triệu đồng) > Tổng số tiền phải thu
10|Kết quả thực hiện thu hồi về tổ chức, cá nhân > Tiền (Triệu đồng) > Số tiền đã thu trong kỳ
11|Kết quả thực hiện thu hồi về tổ chức, cá nhân > Đất (m2) > Tổng số đất phải thu
12|Kết quả thực hiện thu hồi về tổ chức, cá nhân > Đất (m2) > Số đất đã thu trong kỳ
13|Kết quả thực hiện xử lý khác về kinh tế > Tiền (Triệu đồng) > Tổng số tiền phải xử lý khác
14|Kết quả thực hiện xử lý khác về kinh tế > Tiền (Triệu đồng) > Số tiền đã xử lý khác trong kỳ
15|Kết quả thực hiện xử lý khác về kinh tế > Đất (m2) > Tổng số đất phải xử lý khác
16|Kết quả thực hiện xử lý khác về kinh tế > Đất (m2) > Số đất đã xử lý khác trong kỳ
17=18+19|Kết quả thực hiện xử lý vi phạm hành chính > Bằng tiền (Triệu đồng) > Phải xử lý > Cộng
18|Kết quả thực hiện xử lý vi phạm hành chính > Bằng tiền (Triệu đồng) > Phải xử lý > Tổ chức
19|Kết quả thực hiện xử lý vi phạm hành chính > Bằng tiền (Triệu đồng) > Phải xử lý > Cá nhân
20=21+22|Kết quả thực hiện xử lý vi phạm hành chính > Bằng tiền (Triệu đồng) > Đã xử lý trong kỳ > Cộng
21|Kết quả thực hiện xử lý vi phạm hành chính > Bằng tiền (Triệu đồng) > Đã xử lý trong kỳ > Tổ chức
22|Kết quả thực hiện xử lý vi phạm hành chính > Bằng tiền (Triệu đồng) > Đã xử lý trong kỳ > Cá nhân
23=24+25|Kết quả thực hiện xử lý vi phạm hành chính > Xử lý trách nhiệm > Phải xử lý trong kỳ > Cộng
24|Kết quả thực hiện xử lý vi phạm hành chính > Xử lý trách nhiệm > Phải xử lý trong kỳ > Tổ chức
25|Kết quả thực hiện xử lý vi phạm hành chính > Xử lý trách nhiệm > Phải xử lý trong kỳ > Cá nhân
26=27+28|Kết quả thực hiện xử lý vi phạm hành chính > Xử lý trách nhiệm > Đã xử lý trong kỳ > Cộng
27|Kết quả thực hiện xử lý vi phạm hành chính > Xử lý trách nhiệm > Đã xử lý trong kỳ > Tổ chức
28|Kết quả thực hiện xử lý vi phạm hành chính > Xử lý trách nhiệm > Đã xử lý trong kỳ > Cá nhân
29|Chuyển cơ quan điều tra > Đã chuyển cơ quan điều tra > Vụ
30|Chuyển cơ quan điều tra > Đã chuyển cơ quan điều tra > Đối tượng
31|Chuyển cơ quan điều tra > Khởi tố trong kỳ > Vụ
32|Chuyển cơ quan điều tra > Khởi tố trong kỳ > Đối tượng
33|Hoàn thiện về cơ chế chính sách (số văn bản) > Tổng số văn bản kiến nghị phải hoàn thiện
34|Hoàn thiện về cơ chế chính sách (số văn bản) > Số văn bản kiến nghị đã thực hiện xong
'''
TTR3 = '''
1|Ban hành văn bản quản lý, chỉ đạo (Bộ, ngành, tỉnh, TP) về công tác thanh tra > Số văn bản ban hành mới
2|Ban hành văn bản quản lý, chỉ đạo (Bộ, ngành, tỉnh, TP) về công tác thanh tra > Số văn bản được sửa đổi, bổ sung
3|Ban hành văn bản quản lý, chỉ đạo (Bộ, ngành, tỉnh, TP) về công tác thanh tra > Số văn bản bãi bỏ
4|Tập huấn, tuyên truyền, giáo dục pháp luật về thanh tra > Lớp
5|Tập huấn, tuyên truyền, giáo dục pháp luật về thanh tra > Người
6|Thanh tra trách nhiệm thực hiện pháp luật về thanh tra > Tổng số cuộc
7|Thanh tra trách nhiệm thực hiện pháp luật về thanh tra > Số cuộc đã ban hành kết luận
8|Thanh tra trách nhiệm thực hiện pháp luật về thanh tra > Số đơn vị được thanh tra
9|Thanh tra trách nhiệm thực hiện pháp luật về thanh tra > Kiến nghị xử lý hành chính > Tổ chức
10|Thanh tra trách nhiệm thực hiện pháp luật về thanh tra > Kiến nghị xử lý hành chính > Cá nhân
11|Thanh tra trách nhiệm thực hiện pháp luật về thanh tra > Kiến nghị chuyển cơ quan điều tra > Vụ
12|Thanh tra trách nhiệm thực hiện pháp luật về thanh tra > Kiến nghị chuyển cơ quan điều tra > Đối tượng
13|Kết quả thực hiện kết luận thanh tra trách nhiệm > Tổng số kết luận phải thực hiện
14|Kết quả thực hiện kết luận thanh tra trách nhiệm > Đã xử lý hành chính > Tổ chức
15|Kết quả thực hiện kết luận thanh tra trách nhiệm > Đã xử lý hành chính > Cá nhân
16|Kết quả thực hiện kết luận thanh tra trách nhiệm > Đã khởi tố > Vụ
17|Kết quả thực hiện kết luận thanh tra trách nhiệm > Đã khởi tố > Đối tượng
'''
PCTN = '''
|CHÍNH SÁCH, PHÁP LUẬT|
1|Số văn bản ban hành mới để thực hiện Luật PCTN và các văn bản hướng dẫn thi hành Luật PCTN|Văn bản
2|Số văn bản được sửa đổi, bổ sung để thực hiện Luật PCTN và các văn bản hướng dẫn thi hành|Văn bản
3|Số văn bản được bãi bỏ để thực hiện Luật PCTN và các văn bản hướng dẫn thi hành|Văn bản
|TUYÊN TRUYỀN, PHỔ BIẾN, GIÁO DỤC PHÁP LUẬT VỀ PHÒNG, CHỐNG THAM NHŨNG, TIÊU CỰC|
4|Số lớp tuyên truyền, quán triệt pháp luật về phòng, chống tham nhũng, tiêu cực được tổ chức|Lớp
5|Số lượt cán bộ, công chức, viên chức, nhân dân tham gia các lớp tập huấn, quán triệt pháp luật về phòng, chống tham nhũng, tiêu cực|Lượt người
6|Số lượng đầu sách, tài liệu về pháp luật phòng, chống tham nhũng được xuất bản|Tài liệu
|THANH TRA TRÁCH NHIỆM THỰC HIỆN PHÁP LUẬT VỀ PHÒNG, CHỐNG TNLPTC|
7|Tổng số cuộc thanh tra trách nhiệm thực hiện pháp luật về phòng, chống TNLPTC|Cuộc
8|Số cuộc thanh tra trách nhiệm thực hiện pháp luật về phòng, chống TNLPTC đã ban hành kết luận|Cuộc
9|Số đơn vị được thanh tra|Đơn vị
|Kiến nghị xử lý hành chính|
10|+ Tập thể|Tập thể
11|+ Cá nhân|Người
|Kiến nghị xử lý hình sự|
12|+ Số vụ|Vụ
13|+ Số đối tượng|Đối tượng
|PHÒNG NGỪA THAM NHŨNG TRONG CƠ QUAN, TỔ CHỨC, ĐƠN VỊ|
|Kết quả thực hiện công khai, minh bạch về tổ chức và hoạt động|
14|Số cơ quan, tổ chức, đơn vị được kiểm tra việc thực hiện các quy định về công khai, minh bạch về tổ chức và hoạt động|CQ, TC, ĐV
15|Số cơ quan, tổ chức, đơn vị bị phát hiện có vi phạm quy định về công khai, minh bạch về tổ chức và hoạt động|CQ, TC, ĐV
|Xây dựng và thực hiện định mức, tiêu chuẩn, chế độ|
16|Số văn bản về định mức, tiêu chuẩn, chế độ đã được ban hành mới|Văn bản
17|Số văn bản về định mức, tiêu chuẩn, chế độ đã được sửa đổi, bổ sung, bãi bỏ|Văn bản
18|Số cuộc thanh tra, kiểm tra việc thực hiện các quy định về định mức, tiêu chuẩn, chế độ|Cuộc
19|Số vụ vi phạm các quy định về định mức, tiêu chuẩn, chế độ|Vụ
20|Số người vi phạm các quy định về định mức, tiêu chuẩn, chế độ|Người
21|Số người vi phạm các quy định về định mức, tiêu chuẩn, chế độ đã bị xử lý hành chính|Người
22|Số người vi phạm các quy định về định mức, tiêu chuẩn, chế độ đã bị xử lý hình sự|Người
23|Tổng giá trị các vi phạm về định mức, tiêu chuẩn, chế độ được kiến nghị thu hồi và bồi thường (tiền Việt Nam + ngoại tệ, tài sản khác được quy đổi ra tiền Việt Nam)|Triệu đồng
24|Tổng giá trị vi phạm định mức, tiêu chuẩn, chế độ đã được thu hồi và bồi thường|Triệu đồng
|Thực hiện quy tắc ứng xử của người có chức vụ, quyền hạn|
25|Số cơ quan, tổ chức, đơn vị đã được kiểm tra việc thực hiện quy tắc ứng xử của người có chức vụ, quyền hạn|CQ, TC, ĐV
26|Số cán bộ, công chức, viên chức vi phạm quy tắc ứng xử, quy tắc đạo đức nghề nghiệp đã bị xử lý|Người
27|Số người đã nộp lại quà tặng cho đơn vị|Người
28|Giá trị quà tặng đã được nộp lại (tiền Việt Nam + ngoại tệ, tài sản khác được quy đổi ra tiền Việt Nam)|Triệu đồng
29|Số người bị xử lý do có vi phạm vì xung đột lợi ích|Người
30|Số người bị xử lý do có vi phạm về việc kinh doanh trong thời hạn không được kinh doanh sau khi thôi giữ chức vụ|Người
|Chuyển đổi vị trí công tác của người có chức vụ, quyền hạn|
31|Số cán bộ, công chức, viên chức phải thực hiện chuyển đổi vị trí công tác nhằm phòng ngừa tham nhũng|Người
32|Số cán bộ, công chức, viên chức được chuyển đổi vị trí công tác nhằm phòng ngừa tham nhũng|Người
|Cải cách hành chính, ứng dụng khoa học công nghệ trong quản lý và thanh toán không dùng tiền mặt|
33|Số dịch vụ công trực tuyến|Thủ tục
34|Số dịch vụ công trực tuyến toàn trình|Thủ tục
35|Số dịch vụ công trực tuyến một phần|Thủ tục
36|Số cuộc kiểm tra, thanh tra việc thực hiện thanh toán không dùng tiền mặt|Cuộc
37|Số vụ phát hiện vi phạm trong việc thực hiện thanh toán không dùng tiền mặt|Vụ
38|Tổng giá trị giao dịch qua Hệ thống thanh toán điện tử liên ngân hàng (1)|Triệu đồng
39|Tỷ trọng tiền mặt trên tổng phương tiện thanh toán (2)|%
|Thực hiện các quy định về kiểm soát tài sản, thu nhập của người có chức vụ, quyền hạn|
40|Số người đã thực hiện kê khai và công khai tài sản, thu nhập trong kỳ|Người
41|Số người được xác minh việc kê khai tài sản, thu nhập|Người
42|Số cơ quan, tổ chức, đơn vị đã được kiểm tra việc thực hiện các quy định về kê khai, công khai bản kê khai tài sản, thu nhập|CQ, TC, ĐV
43|Số người bị kỷ luật do vi phạm quy định về kiểm soát tài sản, thu nhập|Người
43.1|Số người bị kỷ luật do kê khai tài sản, thu nhập không trung thực|Người
43.2|Số người bị kỷ luật do có vi phạm khác về kiểm soát tài sản, thu nhập|Người
|PHÁT HIỆN CÁC VỤ VIỆC THAM NHŨNG, LÃNG PHÍ, TIÊU CỰC TRONG CƠ QUAN, TỔ CHỨC, ĐƠN VỊ|
44|Tổng số vụ việc tham nhũng, tiêu cực được phát hiện trong kỳ báo cáo|Vụ
45|Tổng số đối tượng có hành vi tham nhũng, tiêu cực được phát hiện trong kỳ báo cáo|Người
46|Tổng số vụ việc gây lãng phí được phát hiện trong kỳ báo cáo|Vụ
47|Tổng số đối tượng có hành vi gây lãng phí được phát hiện trong kỳ báo cáo|Người
|Qua công tác kiểm tra và tự kiểm tra của cơ quan, tổ chức, đơn vị|
48|Số vụ TNLPTC đã được phát hiện qua công tác kiểm tra của cơ quan quản lý nhà nước|Vụ
49|Số đối tượng có hành vi TNLPTC được phát hiện qua công tác kiểm tra của cơ quan quản lý nhà nước|Người
50|Số vụ TNLPTC được phát hiện qua công tác tự kiểm tra|Vụ
51|Số đối tượng có hành vi TNLPTC được phát hiện qua công tác tự kiểm tra|Người
52|Số vụ TNLPTC được phát hiện qua kiểm tra hoạt động chống TNLPTC trong cơ quan có chức năng phòng, chống TNLPTC|Vụ
|- Trong đó số vụ tham nhũng được phát hiện qua kiểm tra hoạt động chống TNLPTC trong cơ quan thanh tra|Vụ
53|Số đối tượng có hành vi TNLPTC được phát hiện qua kiểm tra trong cơ quan có chức năng phòng, chống TNLPTC|Người
|- Trong đó số đối tượng có hành vi TNLPTC được phát hiện qua kiểm tra hoạt động chống TNLPTC trong cơ quan thanh tra|Người
|Qua hoạt động giám sát, thanh tra, kiểm toán|
54|Số vụ tham nhũng, tiêu cực được phát hiện thông qua hoạt động giám sát của cơ quan dân cử, đại biểu dân cử và xử lý đề nghị của cơ quan dân cử, đại biểu dân cử|Vụ
55|Số đối tượng có hành vi tham nhũng, tiêu cực được phát hiện thông qua hoạt động giám sát của cơ quan dân cử, đại biểu dân cử và xử lý đề nghị của cơ quan dân cử, đại biểu dân cử|Người
56|Số vụ tham nhũng, tiêu cực được phát hiện thông qua hoạt động thanh tra|Vụ
57|Số đối tượng có hành vi tham nhũng, tiêu cực được phát hiện qua hoạt động thanh tra|Người
58|Số vụ lãng phí được phát hiện qua hoạt động thanh tra|Vụ
59|Số đối tượng có hành vi gây lãng phí được phát hiện qua hoạt động thanh tra|Người
60|Số vụ tham nhũng, tiêu cực được phát hiện thông qua hoạt động kiểm toán|Vụ
61|Số đối tượng có hành vi tham nhũng, tiêu cực được phát hiện thông qua hoạt động kiểm toán|Người
62|Số vụ lãng phí được phát hiện qua hoạt động kiểm toán|Vụ
63|Số đối tượng có hành vi gây lãng phí được phát hiện qua hoạt động kiểm toán|Người
|Qua xem xét phản ánh, báo cáo về hành vi tham nhũng, lãng phí, tiêu cực|
64|Số vụ việc có phản ánh, báo cáo về hành vi TNLPTC|Vụ việc
65|Số vụ việc có phản ánh, báo cáo về hành vi TNLPTC đã được xem xét|Vụ việc
66|Số vụ TNLPTC phát hiện thông qua xem xét nội dung phản ánh, báo cáo về hành vi TNLPTC|Vụ
67|Số đối tượng có hành vi TNLPTC phát hiện thông qua xem xét nội dung phản ánh, báo cáo về hành vi TNLPTC|người
|Qua công tác giải quyết khiếu nại, tố cáo|
68|Số vụ TNLPTC được phát hiện thông qua giải quyết khiếu nại, tố cáo|Vụ
69|Số đối tượng có hành vi TNLPTC phát hiện qua giải quyết khiếu nại, tố cáo|Người
|Qua các hoạt động khác (ngoài những hoạt động nêu trên, nếu có)|
70|Số vụ TNLPTC được phát hiện thông qua các hoạt động khác|Vụ
71|Số đối tượng có hành vi TNLPTC phát hiện qua các hoạt động khác|Người
|Qua điều tra tội phạm|
72|Số vụ án tham nhũng, tiêu cực (thuộc phạm vi quản lý) đã được cơ quan chức năng khởi tố|Vụ
73|Số đối tượng tham nhũng, tiêu cực (thuộc phạm vi quản lý) đã bị cơ quan chức năng khởi tố|Người
74|Số vụ án gây lãng phí (thuộc phạm vi quản lý) đã được cơ quan chức năng khởi tố|Vụ
75|Số đối tượng gây lãng phí (thuộc phạm vi quản lý) đã bị cơ quan chức năng khởi tố|Người
|Bảo vệ, khen thưởng người tố cáo, phát hiện tham nhũng, lãng phí, tiêu cực|
76|Số người tố cáo hành vi TNLPTC được bảo vệ theo quy định của pháp luật về tố cáo|Người
77|Số người tố cáo hành vi TNLPTC bị trả thù|Người
78|Số người đã bị xử lý do có hành vi trả thù người tố cáo|Người
79|Số người tố cáo hành vi TNLPTC đã được khen, thưởng|Người
|XỬ LÝ TRÁCH NHIỆM CỦA NGƯỜI ĐỨNG ĐẦU CƠ QUAN, TỔ CHỨC, ĐƠN VỊ KHI ĐỂ XẢY RA THAM NHŨNG, LÃNG PHÍ, TIÊU CỰC|
80|Số người đứng đầu, cấp phó người đứng đầu bị kết luận là thiếu trách nhiệm để xảy ra hành vi TNLPTC|Người
81|Số người đứng đầu, cấp phó người đứng đầu đã bị xử lý hình sự do thiếu trách nhiệm để xảy ra hành vi TNLPTC|Người
82|Số người đứng đầu, cấp phó người đứng đầu bị xử lý kỷ luật do thiếu trách nhiệm để xảy ra TNLPTC|Người
82.1|- Khiển trách|Người
82.2|- Cảnh cáo|Người
82.3|- Cách chức|Người
|XỬ LÝ THAM NHŨNG, LÃNG PHÍ, TIÊU CỰC TRONG CƠ QUAN, TỔ CHỨC, ĐƠN VỊ|
83|Số vụ án TNLPTC đã đưa ra xét xử (địa phương thống kê kết quả xét xử sơ thẩm của tòa án; bộ, ngành thống kê theo kết quả xét xử sơ thẩm đối với các vụ án xảy ra trong phạm vi quản lý trực tiếp)|Vụ
84|Số đối tượng bị kết án TNLPTC (địa phương thống kê kết quả xét xử sơ thẩm của tòa án; bộ, ngành thống kê theo kết quả xét xử sơ thẩm đối với các vụ án xảy ra trong phạm vi quản lý trực tiếp) trong đó:|Người
84.1|- Số đối tượng phạm tội TNLPTC ít nghiêm trọng|Người
84.2|- Số đối tượng phạm tội TNLPTC nghiêm trọng|Người
84.3|- Số đối tượng phạm tội TNLPTC rất nghiêm trọng|Người
84.4|- Số đối tượng phạm tội TNLPTC đặc biệt nghiêm trọng|Người
85|Số vụ việc TNLPTC đã được xử lý hành chính|Vụ
86|Số cán bộ, công chức, viên chức bị xử lý kỷ luật hành chính về hành vi TNLPTC|Người
87|Số vụ việc TNLPTC đã được phát hiện, đang được xem xét để xử lý (chưa có kết quả xử lý)|Vụ
88|Số đối tượng TNLPTC đã được phát hiện, đang được xem xét để xử lý (chưa có kết quả xử lý)|Người
|Tài sản bị TNLPTC, gây thiệt hại do TNLPTC đã phát hiện được|
89|Bằng tiền (tiền Việt Nam + ngoại tệ, tài sản khác được quy đổi ra tiền Việt Nam)|Triệu đồng
90|Đất đai|m2
|Tài sản TNLPTC, gây thiệt hại do TNLPTC đã được thu hồi, bồi thường|
91|Bằng tiền (tiền Việt Nam + ngoại tệ, tài sản khác được quy đổi ra tiền Việt Nam)|Triệu đồng
91.1|- Kết quả thu hồi tiền bằng biện pháp hành chính|Triệu đồng
91.2|- Kết quả thu hồi tiền bằng biện pháp tư pháp|Triệu đồng
92|Đất đai|m2
92.1|- Kết quả thu hồi đất bằng biện pháp hành chính|m2
92.2|- Kết quả thu hồi đất bằng biện pháp tư pháp|m2
|Tài sản TNLPTC, gây thiệt hại do TNLPTC không thể thu hồi, khắc phục được|
93|Bằng tiền (tiền Việt Nam + ngoại tệ, tài sản khác được quy đổi ra tiền Việt Nam)|Triệu đồng
94|Đất đai|m2
|PHÁT HIỆN, XỬ LÝ THAM NHŨNG, LÃNG PHÍ, TIÊU CỰC TRONG NGÀNH THANH TRA (số liệu này nằm trong số liệu tổng hợp về phát hiện, xử lý TNLPTC trong cơ quan, tổ chức, đơn vị)|
95|Tổng số vụ việc TNLPTC trong cơ quan thanh tra được phát hiện trong kỳ báo cáo|Vụ
96|Tổng số đối tượng trong cơ quan thanh tra có hành vi TNLPTC được phát hiện trong kỳ báo cáo|Người
97|Số vụ việc TNLPTC trong cơ quan thanh tra bị xử lý hình sự|Vụ
98|Số đối tượng TNLPTC trong cơ quan thanh tra bị xử lý hình sự|Người
99|Số vụ việc TNLPTC trong cơ quan thanh tra bị xử lý hành chính|Vụ
100|Số đối tượng TNLPTC trong cơ quan thanh tra bị xử lý kỷ luật|Người
|PHÒNG, CHỐNG THAM NHŨNG TRONG DOANH NGHIỆP, TỔ CHỨC KHU VỰC NGOÀI NHÀ NƯỚC|
101|Số công ty đại chúng, tổ chức tín dụng, tổ chức xã hội (quy định tại Khoản 1 Điều 80 Luật PCTN) thuộc phạm vi quản lý|Tổ chức
102|Số công ty đại chúng, tổ chức tín dụng, tổ chức xã hội (quy định tại Khoản 1 Điều 80 Luật PCTN) được thanh tra, kiểm tra việc thực hiện pháp luật về PCTN|Tổ chức
103|Số công ty đại chúng, tổ chức tín dụng, tổ chức xã hội (quy định tại Khoản 1 Điều 80 Luật PCTN) bị xử lý do có vi phạm pháp luật về PCTN|Tổ chức
104|Số vụ tham nhũng trong khu vực ngoài nhà nước thuộc phạm vi quản lý được phát hiện|Vụ
105|Số đối tượng có hành vi tham nhũng trong khu vực ngoài nhà nước thuộc phạm vi quản lý được phát hiện|Người
106|Số đối tượng có hành vi tham nhũng trong khu vực ngoài nhà nước thuộc phạm vi quản lý đã bị xử lý hình sự|Người
107|Thiệt hại gây ra bởi các vụ tham nhũng trong khu vực ngoài nhà nước thuộc phạm vi quản lý (tiền Việt Nam + ngoại tệ, tài sản khác được quy đổi ra tiền Việt Nam)|Triệu đồng
108|Kết quả thu hồi tài sản tham nhũng trong khu vực ngoài nhà nước thuộc phạm vi quản lý (tiền Việt Nam + ngoại tệ, tài sản khác được quy đổi ra tiền Việt Nam)|Triệu đồng
'''
FORMS = [
    ('01-TCD', TCD, 21, ['01/TCD', 'TỔNG HỢP KẾT QUẢ TIẾP CÔNG DÂN THƯỜNG XUYÊN, ĐỊNH KỲ VÀ ĐỘT XUẤT',
                         'Số liệu tính từ ngày 15/06/2026 đến ngày 14/09/2026', '22. Ghi chú:']),
    ('02-XLD', XLD, 25, ['02/XLD', 'TỔNG HỢP KẾT QUẢ XỬ LÝ ĐƠN',
                         'Số liệu tính từ ngày 15/06/2026 đến ngày 14/09/2026', '26. Ghi chú:']),
    ('03-GQKN', GQKN, 23, ['03/GQKN', 'TỔNG HỢP KẾT QUẢ GIẢI QUYẾT KHIẾU NẠI', '24. Ghi chú:']),
    ('04-GQTC', GQTC, 25, ['04/GQTC', 'TỔNG HỢP KẾT QUẢ GIẢI QUYẾT TỐ CÁO', '26. Ghi chú:']),
    ('05-KQTH', KQTH, 31, ['05/KQTH', 'TỔNG HỢP KẾT QUẢ THI HÀNH QUYẾT ĐỊNH, THỰC HIỆN KẾT LUẬN', '32. Ghi chú:']),
    ('06-QLKNTC', QLKNTC, 17, ['06/QLKNTC', 'TỔNG HỢP CÔNG TÁC QUẢN LÝ NHÀ NƯỚC VỀ TIẾP CÔNG DÂN, GIẢI QUYẾT KHIẾU NẠI, TỐ CÁO',
                               '18. Ghi chú:']),
    ('01-TTr', TTR1, 26, ['Biểu số: 01/TTr', 'TỔNG HỢP KẾT QUẢ THANH TRA', 'Đơn vị tính: Tiền (triệu đồng), đất (m2)',
                          '27. Ghi chú:']),
    ('02-TTr', TTR2, 34, ['Biểu số: 02/TTr', 'TỔNG HỢP KẾT QUẢ THỰC HIỆN KẾT LUẬN THANH TRA',
                          'Đơn vị tính: Tiền (triệu đồng), đất (m2)', '35. Ghi chú:']),
    ('03-TTr', TTR3, 17, ['Biểu số: 03/TTr', 'TỔNG HỢP CÔNG TÁC QUẢN LÝ NHÀ NƯỚC VỀ THANH TRA', '18. Ghi chú:']),
]


def paths(sheet):
    """[(number or formula of the row MS, path of the titles above it)]; the first column is 'Đơn vị'."""
    title = {}  # (row, column) -> text, of every cell that a merged cell covers
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                title[cell.row, cell.column] = str(cell.value)
    for merged in sheet.merged_cells.ranges:
        for row in range(merged.min_row, merged.max_row + 1):
            for column in range(merged.min_col, merged.max_col + 1):
                title[row, column] = title.get((merged.min_row, merged.min_col))
    ms = next(row for (row, column), text in sorted(title.items()) if column == 1 and text == 'MS')
    top = ms - 1
    while title.get((top - 1, 1)) == title[ms - 1, 1]:
        top -= 1
    out, column = [], 1
    while (ms, column) in title:
        path = []
        for row in range(top, ms):
            text = title.get((row, column))
            if text and (not path or path[-1] != text):
                path.append(text)
        out.append((title[ms, column], ' > '.join(path)))
        column += 1
    return out


def headings(folder, form, table, columns, lines):
    book = openpyxl.load_workbook(os.path.join(folder, 'out', f'{form}-2026-Q3.xlsx'))
    sheet = book.worksheets[0]
    want = [('MS', 'Đơn vị')] + [tuple(line.split('|')) for line in table.strip().splitlines()]
    got = paths(sheet)
    _run.check(f'{form}: {columns} columns, titles and formulas word for word',
               ([] if len(want) == columns + 1 else ['the typed table is incomplete']) +
               _run.different(dict(enumerate(want)), dict(enumerate(got))))
    texts = [str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None]
    problems = [f'missing: {line}' for line in lines if line not in texts]
    attached = [t for t in texts if t.startswith('(Kèm theo Báo cáo số:')]
    if len(attached) != 1 or not re.fullmatch(
            r'\(Kèm theo Báo cáo số: +ngày +tháng +năm 2026 của Bảo hiểm xã hội Việt Nam\)', attached[0]):
        problems.append(f'attachment line: {attached}')
    _run.check(f'{form}: code, title, period, attachment and note as printed', problems)


def characters(text):
    """Letters, digits and signs without what only sets lines and columns."""
    return re.sub(r'[\s─-]', '', text)


def words(text):
    return set(re.findall(r'\w+', text))


def pdf_text(path):
    return subprocess.run(['pdftotext', '-layout', path, '-'], capture_output=True, text=True, check=True).stdout


def texts(folder):
    """The PDF of a form holds the words of its text format, and no others but the page numbers and the footer."""
    for form in ('01-TCD', '02-XLD', '907'):
        base = os.path.join(folder, 'out', f'{form}-2026-Q3')
        with open(base + '.txt', encoding='utf-8') as f:
            plain = f.read()
        printed = pdf_text(base + '.pdf')
        broken = '\ufffd' in printed or any('\ue000' <= c <= '\uf8ff' for c in printed)
        lost = {w for w in words(plain) - words(printed) if characters(w) not in characters(printed)}
        # Headings of one column that all rows agree upon stay off paper; the names of sheets are no text.
        lost -= words('Dòng đầu tiên không khớp Số dòng không khớp 1 2 3 4 TCD XLD Biểu Kiểm tra Tăng Giảm Thay đổi quyền')
        _run.check(f'{form}: the PDF gives every word of the text format back',
                   (['characters that are no text'] if broken else []) + sorted(lost))
    base = os.path.join(folder, 'out', f'audit-{_run.DAY}')
    printed = pdf_text(base + '.pdf')
    day = dt.date.fromisoformat(_run.DAY)
    want = ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', 'I. TÓM TẮT', 'VI. KIẾN NGHỊ',
            f'(Số liệu đến ngày {day:%d} tháng {day:%m} năm {day:%Y})', 'Kính gửi: Bộ Tài chính', './.']
    first = printed.split('\f')[0]
    counts = _run.readme_tables()['Expected counts as of ' + _run.DAY]
    found = next(n for rule, n, _ in counts if rule == 'all')
    problems = [f'missing: {w}' for w in want if w not in printed]
    problems += [f'not on page 1: {w}' for w in (f'Phát hiện {found}', 'Việc cần làm trước hết', 'nhiều vi phạm nhất')
                 if w not in first]
    pages = printed.rstrip('\f').count('\f') + 1
    if pages > 4 + len(counts) / 6:  # a few lines for each rule
        problems.append(f'{pages} pages')
    _run.check('audit: the PDF for leadership, its first page and its length', problems)


def upright(folder):
    """01/PCTN: MS, content and unit of measure of every line."""
    rows = cells(os.path.join(folder, 'out', '01-PCTN-2026-Q3.xlsx'))[0][1]
    begin = next(i for i, row in enumerate(rows) if row[:4] == ['MS', 'NỘI DUNG', 'ĐVT', 'SỐ LIỆU']) + 1
    wanted = [line.split('|') for line in PCTN.strip('\n').split('\n')]
    problems = []
    for row, (ms, title, measure) in zip(rows[begin:], wanted):
        texts = [str(v).replace('\u00a0', '').strip() if v is not None else '' for v in row[:3]]
        want = [title, '', ''] if not ms and not measure else [ms, title, measure]
        if texts != want:
            problems.append(f'expected {want}, got {texts}')
    _run.check(f'01-PCTN: {len(wanted)} lines, word for word', problems)


def main():
    folder = _run.workspace(_run.SAMPLES)
    for form in [f[0] for f in FORMS] + ['01-PCTN', '02-PCTN', '03-PCTN', '907']:
        _run.rasoat(folder, 'report', form, '--period', '2026-Q3', '--format', 'xlsx,pdf,text', expect=(0, 2))
    _run.rasoat(folder, 'audit', '--as-of', _run.DAY, expect=(2,))
    for form, table, columns, lines in FORMS:
        headings(folder, form, table, columns, lines)
    upright(folder)
    texts(folder)
    _run.leave()


main()
